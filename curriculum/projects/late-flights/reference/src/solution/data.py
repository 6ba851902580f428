"""Flights joined with aeroplanes and weather, freed of what the day itself brings, and split."""

import numpy as np
import pandas as pd

from solution.config import config, raw

OF_THE_DAY = ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]
"""Columns of the day of the flight; they are dropped on reading."""
PLANE = {"year": "built", "type": "plane_type", "engines": "engines", "seats": "seats"}
WEATHER = [
    "temp",
    "dewp",
    "humid",
    "wind_dir",
    "wind_speed",
    "wind_gust",
    "precip",
    "pressure",
    "visib",
]
LATE = 15
"""Minutes after the planned arrival from which a flight is late."""


def load(sample=False, seed=0):
    """Every flight that arrived, with ``late`` and ``part``; a sample keeps a twelfth.

    Flights that were cancelled or diverted have no arrival: 2.8 % are left out, and the model says
    nothing about them.
    """
    table = clean(pd.read_parquet(raw("flights")))
    table = table[table["late"].notna()].assign(late=lambda some: some["late"].astype(int))
    table["part"] = parts(table["month"])
    return table.groupby("part").sample(frac=1 / 12, random_state=seed) if sample else table


def clean(flights):
    """Flights in their order with ``late`` (where they have an arrival), aeroplane and weather."""
    flights = flights.reset_index(drop=True)
    if "id" not in flights:
        flights.insert(0, "id", flights.index)
    if "arr_delay" in flights:
        delay = flights["arr_delay"]
        flights["late"] = (delay > LATE).astype(float).where(delay.notna())
    flights = flights.drop(columns=OF_THE_DAY, errors="ignore")
    return join(flights, pd.read_parquet(raw("planes")), pd.read_parquet(raw("weather")))


def join(flights, planes, weather):
    """The three tables as one, a row a flight, in the order of the flights.

    Both joins are many to one, and pandas raises if a key on the right is not unique. Flights
    without a partner keep gaps. ``year`` of the aeroplane becomes ``built``.
    """
    planes = planes.rename(columns=PLANE)[["tailnum", *PLANE.values()]]
    weather = weather[["origin", "time_hour", *WEATHER]]
    made = flights.merge(planes, on="tailnum", how="left", validate="many_to_one")
    made = made.merge(weather, on=["origin", "time_hour"], how="left", validate="many_to_one")
    if len(made) != len(flights):
        raise AssertionError("a join made or lost flights")
    return made


def parts(month):
    """``train``, ``validation`` or ``test`` by the month of 2013.

    Where Journeyman keeps the last months back, there are no rows of ``test``.
    """
    split = config()["split"]
    when = [month < split["validation_from"], month < split["test_from"]]
    return np.select(when, ["train", "validation"], "test")
