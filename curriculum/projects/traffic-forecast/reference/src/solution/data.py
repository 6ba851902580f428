"""The counts: each hour once, holidays spread over their day, and split by time."""

import numpy as np
import pandas as pd

from solution.config import config, raw

AHEAD = 168
"""Hours between the moment of the forecast and the hour it is about."""


def load(sample=False):
    """Every hour once, in order, with ``id`` (its first row in the raw table) and ``part``.

    A sample begins in 2017.
    """
    table = once(clean(pd.read_parquet(raw("hours"))))
    table["part"] = parts(table["date_time"])
    return table[table["date_time"] >= "2017-01-01"] if sample else table


def clean(table):
    """The raw table in its order: time, holiday of the whole day, and the count if it is there.

    The weather goes: seven days ahead nobody knows it.
    """
    table = table.reset_index(drop=True)
    day = table["date_time"].dt.normalize()
    named = table["holiday"].notna()
    names = dict(zip(day[named], table.loc[named, "holiday"], strict=True))
    made = pd.DataFrame({"id": table.index, "date_time": table["date_time"]})
    made["holiday"] = day.map(names).fillna("none")
    if "traffic_volume" in table:
        made["traffic_volume"] = table["traffic_volume"]
    return made


def once(table):
    """Each hour once: the log has a row for each kind of weather, with the same count."""
    return table.drop_duplicates("date_time").sort_values("date_time").reset_index(drop=True)


def parts(moment):
    """``train``, ``validation`` or ``test`` by the hour.

    Where Journeyman keeps the last months back, there are no rows of ``test``.
    """
    split = config()["split"]
    dates = [pd.Timestamp(split[name]) for name in ("validation_from", "test_from")]
    return np.select([moment < dates[0], moment < dates[1]], ["train", "validation"], "test")


def counts(table):
    """The history: cars by hour, a gap where nothing was counted; for looking back by the clock."""
    known = table.set_index("date_time")["traffic_volume"]
    return known.reindex(pd.date_range(known.index.min(), known.index.max(), freq="h"))
