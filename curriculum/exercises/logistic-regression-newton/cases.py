"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    debt = np.array([[0.1], [0.2], [0.25], [0.35], [0.4], [0.5], [0.6], [0.65], [0.8], [0.9]])
    late = np.array([0, 0, 0, 0, 1, 0, 1, 0, 1, 1])
    return [
        Case((debt, late, 0.0, 6), label="late payment by debt, no penalty"),
        Case((debt, late, 0.5, 1), label="the first step, with a penalty"),
        Case((debt, late, 0.5, 0), label="no step at all", edge="steps=0"),
    ]


def _sample(rng, n, d):
    x = rng.normal(size=(n, d))
    y = (rng.random(n) < 1 / (1 + np.exp(-x.sum(axis=1)))).astype(int)
    y[:2] = 0, 1
    return x, y


def hidden(rng):
    x, y = _sample(rng, 25, 3)
    return [
        Case((x, y, 1.0, 2), label="three columns, two steps"),
        Case((x, y, 1.0, 8), label="three columns, until it settles"),
        Case((x + 3.0, y, 2.0, 3), label="columns away from zero: the intercept is not penalised"),
        Case((x, y, 30.0, 5), label="a strong penalty"),
        Case((x, y.astype(bool), 1.0, 3), label="booleans as targets", edge="dtype"),
        Case((rng.integers(-3, 4, (12, 2)), np.arange(12) % 2, 0.7, 3), label="whole numbers", edge="dtype"),
        Case((np.array([[2.0, -1.0]]), np.array([1]), 1.0, 2), label="a single row", edge="n=1"),
        Case((np.empty((9, 0)), np.array([1, 1, 0, 1, 1, 0, 1, 1, 1]), 1.0, 4),
             label="no columns: the intercept alone", edge="d=0"),
        Case((np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1]), 0.5, 6),
             label="classes that a line separates", edge="separable"),
        Case((x[:6], np.ones(6), 1.0, 2), label="one class only, two steps", edge="one-class"),
    ]  # fmt: skip
