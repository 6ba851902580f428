"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np
import pandas as pd

from journeyman.core.exercise import Case


def table(shops, days, sold, index=None):
    return pd.DataFrame({"shop": shops, "day": days, "sold": sold}, index=index)


def example():
    one = table(["A"] * 5, [1, 2, 3, 4, 5], [10.0, 12.0, 9.0, 15.0, 11.0])
    two = table(list("AAABBB"), [1, 2, 3, 1, 2, 3], [10.0, 12.0, 9.0, 40.0, 44.0, 38.0])
    gap = table(["A"] * 4, [1, 2, 5, 6], [10.0, 12.0, 9.0, 15.0])
    return [
        Case((one, 1, 2), label="one shop, the forecast made the evening before"),
        Case((two, 1, 2), label="two shops stay apart"),
        Case((gap, 1, 3), label="days 3 and 4 are missing", edge="gap"),
    ]


def hidden(rng):
    grid = [(shop, int(day)) for shop in ("north", "south", "west") for day in range(20)]
    full = table([s for s, _ in grid], [d for _, d in grid], rng.poisson(30, 60).astype(float))
    mixed = full.sample(frac=1, random_state=int(rng.integers(1000)))
    holes = mixed.iloc[:35].reset_index(drop=True)
    unknown = full.assign(sold=full["sold"].where(rng.random(60) < 0.7))
    return [
        Case((full, 1, 7), label="three shops, last week's mean"),
        Case((full, 3, 4), label="three days ahead"),
        Case((full, 2, 1), label="a window of one day", edge="window=1"),
        Case((full, 7, 30), label="a window longer than the data"),
        Case((full, 40, 3), label="a lead longer than the data: nothing is known", edge="no past"),
        Case((mixed, 1, 5), label="rows shuffled, index shuffled with them", edge="order"),
        Case((holes, 2, 4), label="many days missing, rows in any order", edge="gap"),
        Case((unknown, 1, 3), label="some sales are NaN", edge="nan"),
        Case((table(["A", "A"], [0, 100], [5.0, 6.0]), 100, 2), label="a hundred days apart", edge="gap"),
        Case((table(["A"], [7], [3.0]), 1, 3), label="a single row", edge="n=1"),
        Case((table(list("BAB"), [2, 1, 1], [4, 7, 9]), 1, 2), label="whole-number sales", edge="dtype"),
        Case((full.assign(day=full["day"] - 8, promo=rng.integers(0, 2, 60)), 1, 2), label="days before day 0, and a further column"),
        Case((table(list("AABB"), [1, 2, 9, 10], [1.0, 2.0, 30.0, 40.0]), 1, 2), label="shops with different periods"),
    ]  # fmt: skip
