"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    patients = np.array(["ann", "bob", "ann", "cem", "bob", "ann", "dee", "cem"])
    return [
        Case((patients, ["cem", "bob", "ann", "dee"], 2), label="the first group is just enough", edge="exact"),
        Case((patients, ["dee", "bob", "cem", "ann"], 2), label="one row is too few, so a second group comes along"),
        Case((patients, ["ann", "dee"], 20), label="more rows wanted than there are", edge="too few rows"),
    ]


def hidden(rng):
    many = rng.integers(0, 30, 300)
    order = rng.permutation(30).tolist()
    return [
        Case((many, order, 60), label="thirty groups, a fifth of the rows"),
        Case((many, order[::-1], 100), label="the other way round"),
        Case((many, order, 1), label="a single row wanted: one whole group", edge="rows=1"),
        Case((many, order, 300), label="every row wanted", edge="exact"),
        Case((np.repeat([3, 1, 2], [4, 4, 4]), [2, 3, 1], 8), label="two groups are exactly enough", edge="exact"),
        Case((np.repeat([3, 1, 2], [4, 4, 4]), [2, 3, 1], 9), label="one row more than two groups hold"),
        Case((np.tile(["x", "y", "z"], 5), ["y", "x", "z"], 6), label="rows of a group far apart"),
        Case((["a", "b", "a", "c"], ["c", "a", "b"], 2), label="plain lists", edge="dtype"),
        Case((np.array([5, 5, 7, 9]), [8, 7, 5], 1), label="a name without rows comes first", edge="no rows"),
        Case((np.array([1, 1, 2, 2, 4]), [2, 1], 3), label="a group that is not named stays in training", edge="unnamed"),
        Case((np.array(["p"]), ["p"], 1), label="a single row", edge="n=1"),
        Case((np.arange(12)[::-1], list(range(12)), 5), label="every row its own group"),
        Case((np.array([0.5, 1.5, 0.5, 2.5]), [2.5, 0.5, 1.5], 2), label="groups named by decimals", edge="dtype"),
    ]  # fmt: skip
