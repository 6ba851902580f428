"""What is known seven days before an hour: the calendar, and counts that are older than that."""

import numpy as np
import pandas as pd

from solution.data import AHEAD

WEEKS = (1, 2, 3, 4)
FIXED = {(1, 1), (7, 4), (12, 25), (12, 24), (12, 31)}
"""Days of fixed date that empty or fill the road, whether or not the log names them."""


def features(table, history):
    """One row an hour of the table.

    Args:
        table: With ``date_time`` and ``holiday``. history: Counts by hour (``data.counts``).
            Only what is 168 hours or more before each hour is looked at.
    """
    when = pd.DatetimeIndex(table["date_time"])
    made = pd.DataFrame(index=table.index)
    made["hour"] = when.hour
    made["weekday"] = when.day_of_week
    made["hour_of_week"] = when.day_of_week * 24 + when.hour
    made["day_of_year"] = when.day_of_year
    off = (table["holiday"] != "none").to_numpy()
    made["holiday"] = off.astype(int)
    made["fixed"] = [int((one.month, one.day) in FIXED) for one in when]
    near = _near(table)
    made["day_after"], made["day_before"] = near
    made["like_sunday"] = ((when.day_of_week == 6) | off).astype(int)
    back = np.column_stack([_at(history, when, AHEAD * week) for week in WEEKS])
    for place, week in enumerate(WEEKS):
        made[f"weeks_before_{week}"] = back[:, place]
    with np.errstate(all="ignore"):
        made["usual"] = pd.DataFrame(back, index=made.index).median(axis=1)
    level = history.rolling(AHEAD, min_periods=100).mean()
    made["level"] = _at(level, when, AHEAD)
    return made


def _at(series, when, hours):
    """The value of the series so many hours before each moment; by the clock, not by rows."""
    return series.reindex(when - pd.Timedelta(hours=hours)).to_numpy(float)


def _near(table):
    """Whether the day before, and the day after, is a named holiday."""
    day = table["date_time"].dt.normalize()
    free = set(day[table["holiday"] != "none"])
    one = pd.Timedelta(days=1)
    return (
        [int(some - one in free) for some in day],
        [int(some + one in free) for some in day],
    )


def naive(table, history):
    """The count of the same hour a week before, else two, three or four weeks before."""
    when = pd.DatetimeIndex(table["date_time"])
    found = _at(history, when, AHEAD)
    for week in WEEKS[1:]:
        found = np.where(np.isnan(found), _at(history, when, AHEAD * week), found)
    return np.where(np.isnan(found), np.nanmedian(history), found)
