"""Which bookings Journeyman keeps back: arrivals from April 2017 on, the last season."""

import pandas as pd

AFTERWARDS = (
    "reservation_status",
    "reservation_status_date",
    "assigned_room_type",
    "booking_changes",
    "days_in_waiting_list",
    "required_car_parking_spaces",
    "country",
)
"""Not known when a prediction is needed: the rows kept back come without these columns."""


def held(tables):
    """A mask over the table ``bookings``, True for the rows of the final evaluation."""
    table = tables["bookings"]
    year, month, day = (table[f"arrival_date_{name}"] for name in ("year", "month", "day_of_month"))
    words = year.astype(str) + " " + month + " " + day.astype(str)
    return (pd.to_datetime(words, format="%Y %B %d") >= "2017-04-01").to_numpy()
