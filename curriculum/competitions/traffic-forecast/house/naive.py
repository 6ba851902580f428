"""The traffic of a week before, and where that is missing the mean of that hour of the week."""

import pandas as pd


def fit_predict(train, test):
    """The seasonal naive forecast: the rung that MASE measures against."""
    hours = train.drop_duplicates("date_time").set_index("date_time")["traffic_volume"]
    means = hours.groupby(hours.index.dayofweek * 24 + hours.index.hour).mean()
    when = pd.DatetimeIndex(test["date_time"])
    usual = pd.Series(means.reindex(when.dayofweek * 24 + when.hour).to_numpy(), test.index)
    made = test[["id"]].copy()
    made["traffic_volume"] = test["volume_168h_before"].fillna(usual)
    return made
