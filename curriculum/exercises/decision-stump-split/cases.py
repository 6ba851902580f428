"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    days = np.array([3, 8, 12, 20, 26, 30, 41, 48, 60, 75])
    left = np.array([0, 0, 0, 1, 0, 0, 1, 1, 1, 1])
    return [
        Case((days, left), label="days since the last order", edge="dtype"),
        Case((np.array([4.0, 1.0, 3.0, 2.0]), np.array([1, 0, 1, 0])), label="rows in any order"),
        Case((np.array([5.0, 5.0, 5.0]), np.array([0, 1, 1])), label="one value only: no split", edge="constant"),
    ]


def hidden(rng):
    x = rng.normal(size=40)
    y = (x + rng.normal(size=40) > 0.4).astype(int)
    three = np.digitize(x + 0.4 * rng.normal(size=40), (-0.5, 0.5))
    late = np.arange(12.0)
    return [
        Case((x, y), label="two noisy classes"),
        Case((x, three * 10 - 3), label="three classes with any labels"),
        Case((rng.integers(0, 6, 30), rng.integers(0, 2, 30)), label="many repeated values", edge="repeats"),
        Case((np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 1, 1, 0])), label="two splits equally good", edge="ties"),
        Case((np.arange(6.0), np.array([0, 1, 0, 1, 0, 1])), label="alternating classes", edge="ties"),
        Case((np.array([7.0]), np.array([2])), label="a single row", edge="n=1"),
        Case((np.array([1.0, 4.0]), np.array([3, 3])), label="one class: the split is no better", edge="one-class"),
        Case((late, (late > 8).astype(int)), label="sides of unequal size"),
        Case((late, (late > 0).astype(int)), label="a single row on the left"),
        Case((np.array([-1e6, 0.5, 1e6, 2e6]), np.array([0, 0, 1, 1])), label="values far apart"),
        Case((rng.integers(0, 256, 25, dtype=np.uint8), rng.integers(0, 3, 25)), label="bytes", edge="dtype"),
    ]  # fmt: skip
