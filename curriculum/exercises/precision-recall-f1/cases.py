"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    actual = np.array([1, 1, 1, 0, 0, 0, 0, 0])
    return [
        Case((actual, np.array([1, 1, 0, 1, 0, 0, 0, 0])), label="two hits, one false alarm, one miss"),
        Case((actual, np.ones(8, int)), label="everything flagged"),
        Case((actual, np.zeros(8, int)), label="nothing flagged: precision has divisor 0", edge="nothing flagged"),
    ]


def hidden(rng):
    rare = (rng.random(500) < 0.04).astype(int)
    noisy = np.where(rng.random(500) < 0.1, 1 - rare, rare)
    return [
        Case((rare, noisy), label="rare positives"),
        Case((noisy, rare), label="the two arguments exchanged"),
        Case((rare, rare), label="a perfect model"),
        Case((rare, 1 - rare), label="always wrong"),
        Case((np.zeros(6, int), np.array([0, 1, 0, 0, 1, 0])), label="nothing is positive", edge="no positives"),
        Case((np.zeros(4, int), np.zeros(4, int)), label="nothing is positive and nothing flagged", edge="no positives"),
        Case((np.array([]), np.array([])), label="no cases at all", edge="empty"),
        Case((np.array([1]), np.array([1])), label="a single hit", edge="n=1"),
        Case((np.array([1]), np.array([0])), label="a single miss", edge="n=1"),
        Case(([1, 0, 1, 1, 0], [1, 1, 0, 1, 0]), label="plain lists", edge="dtype"),
        Case((rng.random(40) < 0.5, rng.random(40) < 0.4), label="True and False", edge="dtype"),
        Case((rng.choice([-1, 1], 60), rng.choice([-1, 1], 60)), label="labels -1 and 1"),
        Case((rng.integers(0, 4, 80), rng.integers(0, 4, 80)), label="labels 0 to 3, only 1 is positive"),
        Case((rng.integers(0, 2, 300).astype(np.uint8), rng.integers(0, 2, 300).astype(np.uint8)), label="unsigned bytes", edge="dtype"),
    ]  # fmt: skip
