"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case, Code


def example():
    x = np.array([2.0, 3.0, 7.0])
    indices = np.array([[0, 0, 1], [1, 2, 2], [0, 1, 2], [2, 2, 2], [0, 0, 0]])
    return [
        Case((x, indices), label="means of five resamples"),
        Case((x, indices), {"level": 0.5}, label="the middle half of them"),
        Case((x, indices, Code("lambda v: v.max()")), label="another statistic"),
        Case((np.array([4.0]), np.array([[0], [0]])), label="a single observation", edge="n=1"),
    ]


def hidden(rng):
    x = rng.gamma(2, 3, size=15)
    indices = rng.integers(15, size=(40, 15))
    pairs = rng.normal(size=(12, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]])
    rows = rng.integers(12, size=(30, 12))
    missing = x.copy()
    missing[3] = np.nan
    return [
        Case((x, indices), label="mean, default level"),
        Case((x, indices, Code("lambda v: v.std()")), {"level": 0.8}, label="standard deviation at 80 %"),
        Case((x, indices), {"level": 0.0}, label="level 0: the median replicate", edge="level=0"),
        Case((x, indices), {"level": 1.0}, label="level 1: all replicates", edge="level=1"),
        Case((pairs, rows, Code("lambda v: (v[:, 0] * v[:, 1]).mean()")), label="two columns stay together", edge="rows"),
        Case((pairs, rows, Code("lambda v: v[:, 0].sum() / abs(v[:, 1]).sum()")), {"level": 0.9}, label="a ratio of columns"),
        Case((rng.integers(0, 9, size=15), indices), label="whole numbers", edge="dtype"),
        Case((x.tolist(), indices), label="a list", edge="dtype"),
        Case((missing, indices), label="a missing value", edge="nan"),
        Case((x, indices[:1]), label="one resample only", edge="B=1"),
        Case((x, rng.integers(15, size=(101, 15)), Code("lambda v: sorted(v)[len(v) // 2]")), label="median of 15"),
    ]
