"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    symmetric = np.array([[2.0, 1.0], [1.0, 2.0]])
    return [
        Case((symmetric, np.array([1.0, 0.0]), 60), label="eigenvalue 3, direction (1, 1)"),
        Case((np.diag([-5.0, 2.0]), np.array([1.0, 1.0]), 41), label="a negative dominant eigenvalue"),
        Case((symmetric, np.array([3.0, -4.0]), 0), label="no steps: the start, scaled", edge="steps=0"),
    ]


def hidden(rng):
    b = rng.normal(size=(5, 5))
    switching = rng.random((4, 4))
    return [
        Case((b @ b.T, rng.normal(size=5), 3), label="three steps only, symmetric"),
        Case((b, rng.normal(size=5), 4), label="four steps, not symmetric"),
        Case((b @ b.T + 6 * np.eye(5), rng.normal(size=5), 300), label="many steps"),
        Case((-(b @ b.T), rng.normal(size=5), 5), label="all eigenvalues negative"),
        Case((switching / switching.sum(axis=0), np.full(4, 0.25), 80), label="shares in the long run"),
        Case((rng.integers(-4, 5, (3, 3)), rng.integers(1, 5, 3), 2), label="whole numbers", edge="dtype"),
        Case((1e8 * b, 1e-6 * rng.normal(size=5), 3), label="very large and very small entries"),
        Case((np.array([[-3.5]]), np.array([2.0]), 3), label="one by one", edge="n=1"),
        Case((np.zeros((3, 3)), np.array([1.0, -2.0, 2.0]), 5), label="the zero matrix", edge="zero"),
        Case((np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([0.0, -3.0]), 6), label="zero after two steps", edge="zero"),
        Case((np.array([[0.0, 1.0], [-1.0, 0.0]]), np.array([-1.0, 0.0]), 3), label="a quarter turn keeps the length 1", edge="no convergence"),
        Case((np.eye(3), np.array([-1.0, 1.0, -1.0]), 2), label="equally large entries", edge="ties"),
    ]
