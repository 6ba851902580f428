"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case(([2.0, 4.0, 6.0],), label="three values"),
        Case((np.array([1.0, np.nan, 3.0, np.nan, 8.0]),), label="two values missing", edge="nan"),
        Case(([5.0, 5.0, 5.0],), label="all equal: no bound", edge="zero variance"),
        Case(([],), label="nothing to fit", edge="empty", raises="ValueError"),
    ]


def hidden(rng):
    x = rng.normal(40, 6, size=25)
    holes = x.copy()
    holes[[0, 7, 24]] = np.nan
    return [
        Case((x,), label="25 values"),
        Case((x / 1000,), label="small spread: a positive log-likelihood"),
        Case((holes,), label="three values missing", edge="nan"),
        Case(([np.nan, np.nan],), label="all missing", edge="nan", raises="ValueError"),
        Case(([np.nan, 2.5],), label="one value left", edge="n=1"),
        Case(([7],), label="a single whole number", edge="n=1"),
        Case((rng.integers(-20, 20, size=12),), label="whole numbers", edge="dtype"),
        Case((rng.integers(0, 256, size=12, dtype=np.uint8),), label="unsigned bytes", edge="dtype"),
        Case((x.tolist(),), label="a list", edge="dtype"),
        Case((1.7e9 + rng.integers(0, 40, size=30) / 4,), label="time stamps, far from zero", edge="offset"),
        Case(([0.0, 1.0],), label="two values"),
        Case((rng.exponential(3, size=200),), label="skewed data"),
    ]
