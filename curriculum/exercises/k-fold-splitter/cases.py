"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((np.array([4, 0, 5, 2, 1, 3]), 3), label="six rows in three folds"),
        Case((np.array([6, 2, 0, 5, 1, 4, 3]), 3), label="seven rows in three folds: sizes 3, 2, 2", edge="uneven"),
        Case((np.array([1, 0, 2]), 4), label="more folds than rows", raises="ValueError", edge="k>n"),
    ]


def hidden(rng):
    return [
        Case((rng.permutation(20), 5), label="twenty rows in five folds"),
        Case((rng.permutation(23), 5), label="sizes 5, 5, 5, 4, 4", edge="uneven"),
        Case((rng.permutation(11), 4), label="sizes 3, 3, 3, 2", edge="uneven"),
        Case((rng.permutation(9), 2), label="two folds"),
        Case((rng.permutation(6), 6), label="as many folds as rows", edge="k=n"),
        Case((np.array([1, 0]), 2), label="two rows, two folds", edge="n=2"),
        Case((np.arange(10), 3), label="rows in their own order"),
        Case((rng.permutation(8).tolist(), 3), label="a plain list", edge="dtype"),
        Case((rng.permutation(np.arange(100, 115)), 4), label="row numbers from 100 on"),
        Case((rng.choice(1000, 17, replace=False), 5), label="row numbers of a part of a table"),
        Case((np.array([3]), 1), label="a single row and a single fold", raises="ValueError", edge="n=1"),
        Case((rng.permutation(6), 1), label="one fold leaves nothing to learn from", raises="ValueError", edge="k=1"),
        Case((np.array([], int), 2), label="no rows", raises="ValueError", edge="empty"),
    ]  # fmt: skip
