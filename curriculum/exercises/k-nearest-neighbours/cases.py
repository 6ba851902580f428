"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    x = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [5.0, 5.0], [6.0, 5.0]])
    y = np.array([1, 1, 2, 7, 7])
    return [
        Case((x, y, np.array([[0.2, 0.1], [5.5, 4.0]]), 3), label="two clouds"),
        Case((x, y, np.array([[0.0, 0.9]]), 1), label="the nearest one decides", edge="k=1"),
        Case((x, y, np.array([[0.0, 0.5]]), 2), label="one vote each: the smaller label", edge="ties"),
    ]


def hidden(rng):
    x, y = rng.normal(size=(30, 3)), rng.integers(-2, 3, 30)
    new = rng.normal(size=(12, 3))
    line = np.array([[0.0], [2.0], [4.0], [6.0]])
    pixels = rng.integers(0, 256, (20, 5), dtype=np.uint8)
    return [
        Case((x, y, new, 5), label="random rows, labels from -2 to 2"),
        Case((x, y, new, 1), label="one neighbour", edge="k=1"),
        Case((x, y, x, 1), label="the training rows themselves"),
        Case((x, y, new, 100), label="k larger than n: all vote", edge="k>n"),
        Case((line, np.array([9, 3, 3, 9]), np.array([[1.0], [3.0], [5.0]]), 1),
             label="equal distances: the earlier row", edge="ties"),
        Case((line[::-1], np.array([9, 3, 3, 8]), np.array([[1.0], [3.0], [5.0]]), 1),
             label="equal distances, rows in descending order", edge="ties"),
        Case((line, np.array([5, -4, 5, -4]), np.array([[3.0], [0.0]]), 4), label="two votes each", edge="ties"),
        Case((np.array([[1.0, 1.0]]), np.array([6]), new[:, :2], 3), label="a single training row", edge="n=1"),
        Case((x, y, np.empty((0, 3)), 3), label="nothing to predict", edge="empty"),
        Case((pixels, rng.integers(0, 4, 20), rng.integers(0, 256, (9, 5), dtype=np.uint8), 4),
             label="unsigned bytes, as in images", edge="dtype"),
        Case((np.repeat(line, 8, axis=0), np.tile([3, 1, 2, 1], 8), line, 5),
             label="many rows in one place: the earlier ones count", edge="ties"),
    ]  # fmt: skip
