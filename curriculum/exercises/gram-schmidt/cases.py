"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((np.array([[3.0, 1.0], [4.0, 2.0]]),), label="two independent columns"),
        Case((np.array([[1.0, 2.0, 1.0], [1.0, 2.0, 0.0], [0.0, 0.0, 1.0]]),), label="the second column is twice the first", edge="dependent"),
        Case((np.array([[0.0, 2.0], [0.0, 0.0]]),), label="a zero column", edge="zero"),
    ]


def hidden(rng):
    a = rng.normal(size=(6, 4))
    u, v = rng.normal(size=(2, 5))
    return [
        Case((a,), label="four columns of six entries"),
        Case((rng.normal(size=(4, 4)),), label="as many columns as entries"),
        Case((rng.normal(size=(3, 5)),), label="more columns than entries", edge="dependent"),
        Case((-a,), label="negative directions stay negative"),
        Case((np.column_stack([u, v, 2 * u - 3 * v, u + v**2]),), label="the third is a combination of two", edge="dependent"),
        Case((1e9 * np.column_stack([u, v, u + v]),), label="dependent columns in large units", edge="scale"),
        Case((1e-9 * np.column_stack([u, v, u + v]),), label="the same in small units: no fixed threshold", edge="scale"),
        Case((np.column_stack([u, u + 1e-5 * v]),), label="nearly dependent columns count as two", rtol=1e-5, atol=1e-6),
        Case((rng.integers(-5, 6, (5, 3)),), label="whole numbers", edge="dtype"),
        Case((rng.normal(size=(4, 1)),), label="one column", edge="d=1"),
        Case((rng.normal(size=(1, 3)),), label="one entry in each column", edge="n=1"),
        Case((np.zeros((3, 2)),), label="zero columns only", edge="zero"),
        Case((np.empty((4, 0)),), label="no columns", edge="empty"),
    ]
