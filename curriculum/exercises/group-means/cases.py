"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case

NAN = np.nan


def example():
    clinics = np.array(["B", "A", "B", "A", "A"])
    return [
        Case((clinics, np.array([30.0, 10.0, 50.0, 20.0, 60.0])), label="two clinics"),
        Case((clinics, np.array([30.0, 10.0, NAN, 20.0, 60.0])), label="one missing value", edge="nan"),
        Case((np.array([3, 1, 3]), np.array([NAN, 2.0, NAN])), label="a group without known values", edge="nan"),
    ]


def hidden(rng):
    names = np.array(["kiel", "bonn", "ulm", "trier"])
    keys = names[rng.integers(0, 4, 30)]
    values = rng.normal(40, 9, 30).round(1)
    return [
        Case((keys, values), label="text keys"),
        Case((rng.integers(0, 6, 40), rng.normal(size=40)), label="numbers as keys"),
        Case((rng.integers(-20, 20, 25), rng.normal(size=25)), label="negative keys with gaps between them"),
        Case((keys, np.where(rng.random(30) < 0.4, NAN, values)), label="many missing values", edge="nan"),
        Case((np.array([5, 5, 9, 9]), np.array([1.0, 2.0, NAN, NAN])), label="the last group has no known value", edge="nan"),
        Case((np.array(["a", "b"]), np.array([NAN, NAN])), label="nothing is known", edge="nan"),
        Case((np.array([], dtype=int), np.array([])), label="no rows", edge="empty"),
        Case((np.array([7]), np.array([2.5])), label="a single row", edge="n=1"),
        Case((np.zeros(6, int), values[:6]), label="a single group"),
        Case((np.arange(6)[::-1].copy(), values[:6]), label="every row its own group"),
        Case((keys, rng.integers(0, 9, 30)), label="whole numbers as values", edge="dtype"),
        Case((keys, values + 1e6), label="large values"),
    ]


def performance(rng, n):
    names = np.array([f"customer {i}" for i in range(n // 2)])
    keys = names[rng.integers(0, n // 2, 16 * n)]
    return Case((keys, rng.normal(size=16 * n)), label="many rows and many groups")
