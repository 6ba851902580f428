"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Call, Case


def _case(x, y, new, label, edge="", **made_with):
    calls = (Call("fit", (x, y)), Call("log_posterior", (new,)), Call("predict", (new,)))
    return Case(kwargs=made_with, calls=calls, label=label, edge=edge)


def example():
    warm = np.array([[36.5, 70.0], [36.8, 75.0], [37.0, 72.0], [38.6, 95.0], [39.1, 99.0]])
    ill = np.array([0, 0, 0, 1, 1])
    return [
        _case(warm, ill, np.array([[36.9, 80.0], [38.5, 90.0]]), "temperature and pulse"),
        _case(warm, ill, warm[:2], "a larger floor", floor=2.0),
        _case(np.array([[-1.0], [1.0]]), np.array([3, 8]), np.array([[0.0], [0.5]]), "half-way between", "ties", floor=0.5),
    ]


def hidden(rng):
    y = np.array([4] * 15 + [-1] * 6 + [7] * 9)
    x = rng.normal(size=(30, 3)) * rng.uniform(0.5, 2, 3) + rng.normal(size=(3, 3))[np.repeat([0, 1, 2], (15, 6, 9))]
    new = rng.normal(size=(8, 3))
    flat = np.column_stack([x[:, 0], np.full(30, 2.0)])
    again = (Call("fit", (x, y)), Call("fit", (new, np.arange(8) % 2)), Call("log_posterior", (new[:3],)))
    return [
        _case(x, y, new, "three classes of unequal size"),
        _case(x, y, new, "no floor", floor=0.0),
        _case(x[:, :1], y, new[:, :1], "one column", "d=1"),
        _case(x, y, 1e4 * new, "rows far from every class: finite logarithms", "large"),
        _case(flat, y, np.column_stack([new[:, 0], np.full(8, 2.01)]), "a column without spread", "zero-variance"),
        _case(x[[0, 15, 16]], y[[0, 15, 16]], new, "a class with a single row", "n=1", floor=0.5),
        _case(x[:6], np.full(6, 5), new, "one class only", "one-class"),
        _case(x, y, np.empty((0, 3)), "nothing to predict", "empty"),
        _case(rng.integers(0, 9, (12, 2)), np.arange(12) % 3, rng.integers(0, 9, (5, 2)), "whole numbers", "dtype"),
        Case(calls=again, label="a second fit forgets the first", edge="refit"),
    ]  # fmt: skip
