"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    patients = np.array([[10], [14], [18], [22], [28], [32]])
    wait = np.array([12, 19, 18, 27, 33, 41])
    return [
        Case((patients, wait), label="waiting time by patients booked", edge="dtype"),
        Case((np.array([[0.0], [1.0], [2.0]]), np.array([3.0, 5.0, 7.0])), label="three rows on a line"),
        Case(
            (np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [5.0, 10.0]]), np.array([1.0, 2.0, 2.0, 5.0])),
            label="the second column is twice the first",
            edge="collinear",
        ),
    ]


def hidden(rng):
    x = rng.normal(size=(12, 3)) + (5.0, -2.0, 1.0)
    y = x @ (1.0, -2.0, 0.5) + 3 + rng.normal(size=12)
    whole = rng.integers(-9, 10, size=(9, 2))
    return [
        Case((x, y), label="three columns with an intercept"),
        Case((x[:, :1], y), label="one column"),
        Case((x + 1000.0, y), label="columns far from zero", rtol=1e-5),
        Case((np.column_stack([whole, whole.sum(axis=1)]), rng.normal(size=9)),
             label="the third column is the sum of the others", edge="collinear"),
        Case((np.column_stack([whole[:, 0], np.full(9, 4)]), rng.normal(size=9)),
             label="a constant column", edge="zero-variance"),
        Case((rng.normal(size=(1, 2)), rng.normal(size=1)), label="a single row", edge="n=1"),
        Case((rng.normal(size=(4, 3)), rng.normal(size=4)), label="as many freedoms as rows", edge="no-freedom"),
        Case((rng.normal(size=(5, 3)), rng.normal(size=5)), label="one freedom left"),
        Case((rng.normal(size=(3, 5)), rng.normal(size=3)), label="more columns than rows", edge="no-freedom"),
        Case((x, np.full(12, 2.5)), label="a constant target", edge="zero-variance"),
    ]  # fmt: skip
