"""Splits the bookings by the day of arrival: before April 2017, and from then on."""

import pandas as pd

FIRST_TEST, FIRST_PRIVATE = pd.Timestamp("2017-04-01"), pd.Timestamp("2017-05-01")
TRAIN_ONLY = ["reservation_status", "reservation_status_date"]


def prepare(tables):
    """Train to 31 March 2017, public test in April, private test from May to August 2017."""
    table = tables["bookings"].copy()
    day = (
        table["arrival_date_year"].astype(str)
        + " "
        + table["arrival_date_month"]
        + " "
        + table["arrival_date_day_of_month"].astype(str)
    )
    table["arrival"] = pd.to_datetime(day, format="%Y %B %d")
    table = table.sort_values("arrival", kind="stable").reset_index(drop=True)
    table.insert(0, "id", table.index + 1)
    later = table["arrival"] >= FIRST_TEST
    test = table[later]
    solution = test[["id", "is_canceled"]].copy()
    solution["usage"] = "private"
    solution.loc[test["arrival"] < FIRST_PRIVATE, "usage"] = "public"
    return {
        "train": table[~later].reset_index(drop=True),
        "test": test.drop(columns=["is_canceled", *TRAIN_ONLY]).reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
