"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    square = np.array([[0.0, 0.0], [3.0, 4.0]])
    return [
        Case((square, square), label="a 3-4-5 triangle against itself"),
        Case((square, np.array([[0.0, 4.0]])), label="two rows against one"),
        Case((np.array([[1.0, 2.0, 2.0]]), np.zeros((1, 3))), label="a single row each", edge="n=1"),
    ]


def hidden(rng):
    x, y = rng.normal(size=(7, 4)), rng.normal(size=(5, 4))
    return [
        Case((x, y), label="random rows, n not equal to m"),
        Case((y, x), label="the other way round"),
        Case((x, x), label="an array against itself"),
        Case((rng.integers(-9, 9, (6, 2)), rng.integers(-9, 9, (3, 2))), label="whole numbers", edge="dtype"),
        Case((rng.integers(0, 256, (4, 3), dtype=np.uint8), rng.integers(0, 256, (4, 3), dtype=np.uint8)),
             label="unsigned bytes, as in images", edge="dtype"),
        Case((np.empty((0, 4)), y), label="no rows in x", edge="empty"),
        Case((x, np.empty((0, 4))), label="no rows in y", edge="empty"),
        Case((rng.normal(size=(5, 1)), rng.normal(size=(6, 1))), label="one column"),
        Case((rng.normal(size=(3, 4)) + 1e6, rng.normal(size=(3, 4)) + 1e6),
             label="rows far from the origin", rtol=1e-6),
        Case((np.where(np.arange(28).reshape(7, 4) == 5, np.nan, x), y), label="a missing value stays missing", edge="nan"),
    ]


def performance(rng, n):
    return Case((rng.normal(size=(n, 4)), rng.normal(size=(50, 4))), label="many rows")
