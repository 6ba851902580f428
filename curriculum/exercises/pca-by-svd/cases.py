"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    line = np.array([[1.0, 2.0], [2.0, 4.1], [3.0, 5.9], [4.0, 8.0]])
    return [
        Case((line, 1), label="four points close to a line"),
        Case((line, 2), label="the same, both components"),
        Case((line + np.array([100.0, -50.0]), 1), label="moved: the same components"),
    ]


def hidden(rng):
    # Well separated variances, so that the components are determined up to their sign.
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    x = rng.normal(size=(15, 4)) * np.array([8.0, 4.0, 2.0, 1.0]) @ turn
    return [
        Case((x, 2), label="four columns, two components"),
        Case((x, 4), label="all components", edge="k=d"),
        Case((x[:, :3] + 1e4, 2), label="far from the origin", rtol=1e-5, atol=1e-6),
        Case((x[:, ::-1], 1), label="one component"),
        Case((-x, 3), label="all signs flipped: the same components"),
        Case((x[:2], 1), label="two rows", edge="n=2"),
        Case((x[:3], 2), label="more columns than rows", edge="wide"),
        Case((np.column_stack([x[:, :2], np.full(15, 7.0)]), 2), label="a column without spread", edge="constant"),
        Case((x[:, :1], 1), label="one column", edge="d=1"),
        Case((np.round(10 * x).astype(int), 2), label="whole numbers", edge="dtype"),
        Case((x * np.array([1.0, 1.0, 1.0, 50.0]), 2), label="one column in other units: do not scale"),
        Case((rng.normal(size=(6, 9)) * np.linspace(1, 9, 9), 3), label="nine columns, six rows", edge="wide"),
    ]
