"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case, Code

SQUARES = Code("lambda x: float(np.sum(x ** 2))")
CUBES = Code("lambda x: float(np.sum(x ** 3))")
MIXED = Code("lambda x: float(x[0] * x[1] + np.sin(x[2]) * x[0])")
WEIGHTED = Code("lambda x: float(np.sum(np.arange(x.size).reshape(x.shape) * np.exp(x)))")
HINGE = Code("lambda x: float(np.sum(np.maximum(x, 0.0)))")
LOSS = Code("lambda w: float(np.mean((np.arange(12.0).reshape(4, 3) @ w - 1.0) ** 2))")


def example():
    return [
        Case((SQUARES, np.array([1.0, -2.0, 0.5])), label="sum of squares: the gradient is 2x"),
        Case((CUBES, np.array([1.0, 2.0]), 0.5), label="sum of cubes with a large step"),
        Case((HINGE, np.array([0.0, 1.0, -1.0])), label="a kink: halfway between both slopes", edge="kink"),
    ]


def hidden(rng):
    return [
        Case((MIXED, rng.normal(size=3)), label="products and a sine"),
        Case((WEIGHTED, rng.normal(size=5)), label="each entry counts differently"),
        Case((WEIGHTED, rng.normal(size=(3, 2))), label="an array with two axes"),
        Case((SQUARES, rng.normal(size=(2, 2, 2))), label="an array with three axes"),
        Case((LOSS, rng.normal(size=3)), label="mean squared error of a linear model"),
        Case((CUBES, rng.normal(size=4), 0.25), label="another large step: use h as given"),
        Case((CUBES, rng.normal(size=4), 1.5), label="a step larger than 1"),
        Case((MIXED, rng.integers(-3, 4, 3)), label="whole numbers", edge="dtype"),
        Case((SQUARES, rng.normal(size=1)), label="one entry", edge="n=1"),
        Case((SQUARES, np.empty(0)), label="no entries", edge="empty"),
        Case((SQUARES, np.empty((0, 3))), label="no rows", edge="empty"),
        Case((HINGE, np.where(rng.random(6) < 0.5, 0.0, rng.normal(size=6))), label="several kinks", edge="kink"),
    ]
