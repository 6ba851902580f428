"""Splits the hours by time: to June 2018, and July to September 2018."""

import numpy as np
import pandas as pd

FIRST_TEST, FIRST_PRIVATE = pd.Timestamp("2018-07-01"), pd.Timestamp("2018-08-02")
WEEK = pd.Timedelta(hours=168)


def prepare(tables):
    """The training table is raw, double hours and all; the test has each hour once.

    The weather of a test hour is left out: a week ahead nobody knows it. ``weight`` in the solution
    is one over the mean error of "as a week before" in training, which makes the metric MASE.
    """
    table = tables["hours"].copy()
    later = table["date_time"] >= FIRST_TEST
    once = table.drop_duplicates("date_time").set_index("date_time")
    days = once["holiday"].dropna()
    holidays = pd.Series(days.to_numpy(), index=days.index.normalize())
    before = once["traffic_volume"].reindex(once.index - WEEK).to_numpy()
    error = np.abs(once["traffic_volume"] - before)[once.index < FIRST_TEST].mean()
    test = pd.DataFrame(
        {
            "id": np.arange(1, (once.index >= FIRST_TEST).sum() + 1),
            "date_time": once.index[once.index >= FIRST_TEST],
            "volume_168h_before": before[once.index >= FIRST_TEST],
        }
    )
    test["holiday"] = test["date_time"].dt.normalize().map(holidays)
    solution = test[["id"]].copy()
    solution["traffic_volume"] = once.loc[test["date_time"], "traffic_volume"].to_numpy()
    solution["usage"] = np.where(test["date_time"] < FIRST_PRIVATE, "public", "private")
    solution["weight"] = 1.0 / error
    return {"train": table[~later].reset_index(drop=True), "test": test, "solution": solution}
