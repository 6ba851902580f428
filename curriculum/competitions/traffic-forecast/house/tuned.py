"""Gradient boosting, settings and length of history chosen on the summer of 2017."""

import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

CHOICES = [
    ("2012", {"learning_rate": 0.1, "max_iter": 200}),
    ("2016", {"learning_rate": 0.1, "max_iter": 200}),
    ("2016", {"learning_rate": 0.05, "max_iter": 400, "min_samples_leaf": 40}),
    ("2012", {"learning_rate": 0.05, "max_iter": 400, "max_leaf_nodes": 63}),
]


def table(when, before, holiday):
    """What is known a week ahead; shape (hours, features)."""
    day = when.normalize()
    off = pd.Series(holiday).fillna("none").to_numpy() != "none"
    return pd.DataFrame(
        {
            "hour": when.hour,
            "weekday": when.dayofweek,
            "hour_of_week": when.dayofweek * 24 + when.hour,
            "month": when.month,
            "day_of_year": when.dayofyear,
            "year": when.year + when.dayofyear / 366,
            "before": before,
            "holiday": off.astype(int),
            "sunday_or_holiday": ((when.dayofweek == 6) | off).astype(int),
            "fourth_of_july_week": ((day.month == 7) & (day.day >= 2) & (day.day <= 6)).astype(int),
        }
    )


def known_hours(train):
    """Each hour once, with the holiday of its day and the traffic of a week before."""
    once = train.drop_duplicates("date_time").set_index("date_time")
    days = once["holiday"].dropna()
    names = pd.Series(days.to_numpy(), index=days.index.normalize())
    holiday = once.index.normalize().map(names)
    before = once["traffic_volume"].reindex(once.index - pd.Timedelta(hours=168)).to_numpy()
    return once.index, before, holiday, once["traffic_volume"]



def fit_predict(train, test):
    """July to September 2017 stand for the months asked."""
    when, before, holiday, volume = known_hours(train)
    features = table(when, before, holiday)
    held = (when >= "2017-07-01") & (when < "2017-10-01")
    errors = []
    for first, settings in CHOICES:
        used = (when < "2017-07-01") & (when >= first)
        model = HistGradientBoostingRegressor(loss="absolute_error", random_state=0, **settings)
        model.fit(features[used], volume[used])
        errors.append((model.predict(features[held]) - volume[held]).abs().mean())
    first, settings = CHOICES[errors.index(min(errors))]
    model = HistGradientBoostingRegressor(loss="absolute_error", random_state=0, **settings)
    model.fit(features[when >= first], volume[when >= first])
    asked = table(pd.DatetimeIndex(test["date_time"]), test["volume_168h_before"], test["holiday"])
    return pd.DataFrame({"id": test["id"], "traffic_volume": model.predict(asked)})
