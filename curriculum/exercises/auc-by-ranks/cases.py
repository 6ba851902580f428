"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((np.array([1, 1, 1, 0, 0]), np.array([0.9, 0.7, 0.4, 0.8, 0.3])), label="four of the six pairs in order"),
        Case((np.array([1, 0, 1, 0]), np.array([0.6, 0.6, 0.8, 0.1])), label="one tied pair", edge="ties"),
        Case((np.array([1, 1, 1]), np.array([0.2, 0.5, 0.9])), label="no negative: no pairs", edge="one class"),
    ]


def hidden(rng):
    label = (rng.random(200) < 0.3).astype(int)
    score = rng.normal(size=200) + label
    return [
        Case((label, score), label="a useful score"),
        Case((label, -score), label="the order reversed"),
        Case((label, rng.random(200)), label="a useless score"),
        Case((label, score.round(0)), label="many ties, of different sizes", edge="ties"),
        Case((label, np.full(200, 0.5)), label="all scores equal", edge="ties"),
        Case((label, label.astype(float)), label="a perfect score"),
        Case((rng.permutation(np.arange(50) == 7), rng.random(50)), label="a single positive, labels True and False", edge="dtype"),
        Case((rng.integers(0, 4, 90), rng.integers(0, 20, 90)), label="labels 0 to 3, whole-number scores", edge="dtype"),
        Case((rng.choice([-1, 1], 60), rng.normal(size=60) * 1e-9), label="labels -1 and 1, tiny differences"),
        Case((np.zeros(5, int), rng.random(5)), label="no positive: no pairs", edge="one class"),
        Case((np.array([1]), np.array([0.3])), label="a single case", edge="n=1"),
        Case((np.array([0, 1]), np.array([0.2, 0.3])), label="one pair", edge="n=2"),
        Case((np.array([], int), np.array([])), label="no cases at all", edge="empty"),
    ]  # fmt: skip


def performance(rng, n):
    label = (rng.random(n) < 0.5).astype(int)
    return Case((label, rng.normal(size=n) + label), label="many cases")
