"""The bookings: read, cleaned of what cannot be, dated, and split by the day of arrival."""

import numpy as np
import pandas as pd

from solution.config import config, raw

AFTERWARDS = [
    "reservation_status",  # the outcome under another name
    "reservation_status_date",
    "assigned_room_type",  # settled at arrival
    "booking_changes",  # goes on counting until arrival or cancellation
    "days_in_waiting_list",
    "required_car_parking_spaces",  # noted at arrival: nobody who cancelled has one
    "country",  # written at check-in; before that PRT stands there for many
]
"""Columns that the hotel does not hold on the day of the booking; they are dropped on reading."""


def load(sample=False, seed=0):
    """Every booking with ``id`` (its row in the raw table), ``arrival`` and ``part``.

    A sample keeps a tenth of the rows of each part.
    """
    table = clean(pd.read_parquet(raw("bookings")))
    table["part"] = parts(table["arrival"])
    return table.groupby("part").sample(frac=0.1, random_state=seed) if sample else table


def clean(table):
    """The raw table, in its order, with the day of arrival and without the columns of AFTERWARDS.

    A rate below zero or above 1,000 EUR is a slip of the pen and becomes a gap. Equal rows stay:
    the guests are anonymous, and ten equal rows may be the ten rooms of one group. They do no harm
    to a split by date, since rooms of one group arrive on one day.
    """
    table = table.drop(columns=AFTERWARDS, errors="ignore").reset_index(drop=True)
    year, month, day = (table[f"arrival_date_{name}"] for name in ("year", "month", "day_of_month"))
    words = year.astype(str) + " " + month + " " + day.astype(str)
    table["arrival"] = pd.to_datetime(words, format="%Y %B %d")
    table["adr"] = table["adr"].where(table["adr"].between(0, 1000), np.nan)
    if "id" not in table:
        table.insert(0, "id", table.index)
    return table


def parts(arrival):
    """``train``, ``validation`` or ``test`` by the day of arrival.

    Where Journeyman keeps the last season back, there are no rows of ``test``.
    """
    split = config()["split"]
    dates = [pd.Timestamp(split[name]) for name in ("validation_from", "test_from")]
    return np.select([arrival < dates[0], arrival < dates[1]], ["train", "validation"], "test")
