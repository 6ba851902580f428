"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((np.array([0.0, 0.0]),), label="two zeros: log 2"),
        Case((np.array([1000.0, 999.0, 998.0]),), label="far beyond the range of exp"),
        Case((np.array([[1.0, 2.0, 3.0], [-800.0, -801.0, -802.0]]), 1), label="one result for each row"),
        Case((np.array([-np.inf, 2.0]),), label="a term of probability 0", edge="infinite"),
    ]


def hidden(rng):
    z = rng.normal(scale=3, size=(5, 4))
    offsets = np.array([[0.0], [900.0], [-900.0], [5000.0], [-5000.0]])
    holes = np.where(rng.random((4, 3)) < 0.4, -np.inf, rng.normal(size=(4, 3)))
    holes[2] = -np.inf
    return [
        Case((z, 0), label="along the columns"),
        Case((z, 1), label="along the rows"),
        Case((z,), label="all entries together"),
        Case((z + offsets, 1), label="rows of very different size"),
        Case((z + offsets,), label="very different sizes, all together"),
        Case((rng.normal(scale=500, size=(2, 3, 4)), -2), label="three axes, the middle one"),
        Case((rng.integers(-2000, 2000, (3, 4)), 0), label="whole numbers", edge="dtype"),
        Case((rng.normal(size=(3, 1)) * 1000, 1), label="one entry to add up", edge="n=1"),
        Case((holes, 1), label="a row in which everything has probability 0", edge="infinite"),
        Case((np.array([[np.inf, 1.0], [3.0, 4.0]]), 1), label="an infinite entry", edge="infinite"),
        Case((np.array([[np.nan, 1000.0], [3.0, 4.0]]), 1), label="a missing value stays missing", edge="nan"),
        Case((np.empty((3, 0)), 1), label="nothing to add up", edge="empty"),
        Case((np.empty((0, 3)), 1), label="no rows", edge="empty"),
        Case((np.empty(0),), label="no entries at all", edge="empty"),
    ]
