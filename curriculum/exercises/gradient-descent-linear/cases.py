"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    x = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    y = np.array([1.0, 3.0, 5.0])
    return [
        Case((x, y, 0.1, 1), label="one step on three points"),
        Case((x, y, 0.2, 200), label="many steps: close to intercept 1, slope 2"),
        Case((x, y, 0.1, 0), label="no steps", edge="steps=0"),
    ]


def hidden(rng):
    x = rng.normal(size=(12, 3))
    y = x @ np.array([2.0, -1.0, 0.5]) + rng.normal(scale=0.3, size=12)
    return [
        Case((x, y, 0.05, 1), label="one step, three weights"),
        Case((x, y, 0.1, 25), label="some steps, three weights"),
        Case((x * np.array([1.0, 10.0, 0.1]), y, 0.004, 40), label="features of different size"),
        Case((x, y, 1.5, 12), label="a rate that is too large: the loss grows", edge="divergence"),
        Case((x[:, :1], y, 0.1, 10), label="one weight", edge="d=1"),
        Case((x[:1], y[:1], 0.1, 10), label="one row", edge="n=1"),
        Case((x[:2], y[:2], 0.1, 30), label="fewer rows than weights"),
        Case((np.column_stack([x[:, 0], x[:, 0]]), y, 0.1, 30), label="two equal columns", edge="collinear"),
        Case((rng.integers(-3, 4, (8, 2)), rng.integers(-5, 6, 8), 0.02, 20), label="whole numbers", edge="dtype"),
        Case((x, np.zeros(12), 0.1, 5), label="a target of zeros: nothing to do"),
        Case((np.vstack([x, x, x]), np.concatenate([y, y, y]), 0.1, 25), label="every row three times: the same walk"),
    ]


def performance(rng, n):
    return Case((rng.normal(size=(n, 3)), rng.normal(size=n), 0.05, 20), label="many rows")
