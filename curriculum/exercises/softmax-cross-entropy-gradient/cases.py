"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((np.array([[1.0, 2.0, 0.5]]), np.array([1])), label="bicycle, car, bus", edge="n=1"),
        Case((np.zeros((2, 4)), np.array([0, 3])), label="equal scores", edge="ties"),
        Case((np.array([[1000.0, 1001.0], [0.0, 1.0]]), np.array([0, 0])), label="a thousand more", edge="large"),
    ]


def hidden(rng):
    scores, labels = rng.normal(size=(6, 4)) * 2, rng.integers(0, 4, 6)
    gone = scores.copy()
    gone[2, 1] = np.nan
    return [
        Case((scores, labels), label="random scores"),
        Case((scores.T, rng.integers(0, 6, 4)), label="more classes than rows"),
        Case((scores + 2000.0, labels), label="all scores shifted up", edge="large"),
        Case((scores - 5000.0, labels), label="all scores shifted down", edge="large"),
        Case((np.array([[0.0, 3000.0], [1.0, 2.0]]), np.array([0, 1])),
             label="a hopeless forecast has a large but finite loss", edge="large"),
        Case((rng.integers(-9, 10, (5, 3)), rng.integers(0, 3, 5)), label="whole numbers", edge="dtype"),
        Case((scores.astype(np.float32), labels.astype(np.uint8)), label="labels as bytes", edge="dtype", rtol=1e-5),
        Case((gone, labels), label="a missing score", edge="nan"),
        Case((rng.normal(size=(5, 1)), np.zeros(5, int)), label="one class only", edge="one-class"),
        Case((rng.normal(size=(40, 2)), rng.integers(0, 2, 40)), label="two classes, forty rows"),
    ]  # fmt: skip
