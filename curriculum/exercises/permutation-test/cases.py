"""Inputs only: the expected values come from reference.py, on the trusted side.

All values are quarters and group sizes powers of two, so that means and their differences are
exact, and ties are ties however they are computed.
"""

from itertools import permutations as orders

import numpy as np

from journeyman.core.exercise import Case

NONE = np.empty((0, 4), int)


def shuffles(rng, count, size):
    return np.array([rng.permutation(size) for _ in range(count)])


def example():
    a, b = np.array([5.0, 7.0]), np.array([1.0, 2.0])
    four = np.array([[0, 1, 2, 3], [2, 3, 0, 1], [0, 2, 1, 3], [3, 1, 0, 2]])
    return [
        Case((a, b, four), label="four orders, two of them as extreme"),
        Case((b, a, four), label="groups swapped: the sign changes, p does not"),
        Case((a, b, NONE), label="no permutations: p is 1", edge="empty"),
    ]


def hidden(rng):
    quarters = lambda low, high, size: rng.integers(low, high, size=size) / 4  # noqa: E731
    a, b = quarters(10, 60, 8), quarters(0, 45, 4)
    gap = quarters(120, 160, 8)
    missing = b.copy()
    missing[2] = np.nan
    every = np.array(list(orders(range(5))))
    return [
        Case((a, b, shuffles(rng, 99, 12)), label="groups of different size"),
        Case((b, a, shuffles(rng, 60, 12)), label="second group larger"),
        Case((a, a.copy(), shuffles(rng, 40, 16)), label="no difference at all: p is 1", edge="ties"),
        Case((gap, b, shuffles(rng, 80, 12)), label="a clear difference"),
        Case((np.array([1.0, 1, 1, 0]), np.array([0.0, 0, 1, 0]), shuffles(rng, 70, 8)), label="zeros and ones", edge="ties"),
        Case((np.array([3.25]), quarters(0, 12, 4), every), label="one value against four, all orders", edge="n=1"),
        Case((quarters(0, 12, 4), np.array([0.25]), every), label="four values against one", edge="n=1"),
        Case(([6, 2, 9, 3], [4, 4, 1, 0], shuffles(rng, 50, 8)), label="lists of whole numbers", edge="dtype"),
        Case((rng.integers(0, 255, 8, dtype=np.uint8), rng.integers(0, 255, 8, dtype=np.uint8), shuffles(rng, 50, 16)),
             label="unsigned bytes", edge="dtype"),
        Case((a, missing, shuffles(rng, 5, 12)), label="a missing value is refused", edge="nan", raises="ValueError"),
        Case((missing, a, shuffles(rng, 5, 12)), label="a missing value in the first group", edge="nan", raises="ValueError"),
        Case((np.array([]), b, shuffles(rng, 5, 4)), label="an empty first group is refused", edge="empty", raises="ValueError"),
        Case((b, np.array([]), shuffles(rng, 5, 4)), label="an empty second group is refused", edge="empty", raises="ValueError"),
    ]
