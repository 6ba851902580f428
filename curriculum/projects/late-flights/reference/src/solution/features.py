"""What is known the evening before: the timetable, the aeroplane planned, and the weather.

The weather is that of the hour of departure, as measured. It stands in for a forecast of the
evening before, and flatters the model; ``python -m solution.probes`` says by how much.
"""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

from solution.data import WEATHER

WORDS = ["carrier", "origin", "dest", "plane_type"]
NUMBERS = [
    "departure", "weekday", "month", "distance", "minutes_planned", "age", "seats", "no_plane",
    *WEATHER,
]  # fmt: skip


def features(table):
    """One row a flight, from that flight alone: no statistics over rows, so no leak."""
    made = table[[*WORDS, *WEATHER, "distance", "seats", "month"]].copy()
    made["departure"] = _hours(table["sched_dep_time"])
    made["weekday"] = pd.to_datetime(table[["year", "month", "day"]]).dt.day_of_week
    # Whole minutes: from hours, 160 would also be 159.99999999999997, and a tree could split there.
    planned = _minutes(table["sched_arr_time"]) - _minutes(table["sched_dep_time"])
    made["minutes_planned"] = planned % (24 * 60)
    made["age"] = table["year"] - table["built"]
    made["no_plane"] = table["seats"].isna().astype(int)
    made["plane_type"] = made["plane_type"].fillna("unknown")
    return made[[*WORDS, *NUMBERS]]


def _hours(clock):
    """Hours since midnight of a clock time such as 1530."""
    return _minutes(clock) / 60


def _minutes(clock):
    """Minutes since midnight of a clock time such as 1530."""
    return clock // 100 * 60 + clock % 100


def timetable():
    """Airline, airports, hour, weekday and month as columns of noughts and ones."""
    words = ["carrier", "origin", "dest", "weekday", "month", "hour"]
    return make_column_transformer(
        (OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=100), words),
    )


def plan(table):
    """The timetable's features alone; shape (flights, 6)."""
    made = features(table)[["carrier", "origin", "dest", "weekday", "month"]]
    return made.assign(hour=table["sched_dep_time"] // 100)


def codes():
    """Categories as small integers for the trees, the rest as it is."""
    encoder = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=np.nan, max_categories=60
    )
    return make_column_transformer((encoder, WORDS), ("passthrough", NUMBERS))
