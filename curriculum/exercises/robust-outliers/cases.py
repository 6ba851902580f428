"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case

NAN = np.nan


def example():
    wait = np.array([12.0, 14.0, 15.0, 17.0, 18.0, 19.0, 20.0, 21.0, 180.0])
    return [
        Case((wait, 3.5), label="waiting times with one wrong entry"),
        Case((wait[:8], 1.0), label="an even number of values, a low cutoff"),
        Case((np.array([5.0, 5.0, 5.0, 5.0, 6.0]), 3.5), label="most values equal", edge="ties"),
        Case((np.array([1.0, NAN, 2.0, 3.0, 90.0]), 3.5), label="a missing value", edge="nan"),
    ]


def hidden(rng):
    values = rng.normal(50, 8, 21)
    dirty = values.copy()
    dirty[[3, 11]] = [400.0, -300.0]
    return [
        Case((values, 3.5), label="no outlier to be found"),
        Case((dirty, 3.5), label="one far above, one far below"),
        Case((dirty, 60.0), label="a very high cutoff"),
        Case((values, 0.7), label="a cutoff in the middle of the data"),
        Case((values, 0.1), label="a very low cutoff"),
        Case((np.where(rng.random(21) < 0.3, NAN, dirty), 2.0), label="several missing values", edge="nan"),
        Case((np.array([NAN, 4.0, NAN]), 3.5), label="one known value", edge="n=1"),
        Case((np.array([7.0]), 3.5), label="a single value", edge="n=1"),
        Case((np.full(6, 2.5), 3.5), label="all values equal", edge="ties"),
        Case((np.array([0, 0, 0, 0, 0, 1, -1]), 3.5), label="mostly zeros", edge="ties"),
        Case((rng.integers(0, 50, 12), 1.5), label="whole numbers", edge="dtype"),
        Case((rng.exponential(10.0, 30), 3.5), label="a long tail on one side"),
        Case((-dirty * 1e-3, 3.5), label="small negative values"),
    ]
