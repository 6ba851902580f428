"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import pandas as pd

from journeyman.house import run


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
    """Later hours validate what earlier ones taught."""
    when, before, holiday, volume = known_hours(train)
    house = run(
        table(when, before, holiday), volume, task="regression", metric="mae", seconds=60,
        cores=2, times=when,
    )  # fmt: skip
    asked = table(pd.DatetimeIndex(test["date_time"]), test["volume_168h_before"], test["holiday"])
    return pd.DataFrame({"id": test["id"], "traffic_volume": house.predict(asked)})
