"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def _network(rng, d, h, k):
    return rng.normal(size=(d, h)), rng.normal(size=h), rng.normal(size=(h, k)), rng.normal(size=k)


def example():
    w1, b1 = np.array([[1.0, 0.5], [-2.0, 1.0]]), np.array([0.5, -1.0])
    w2, b2 = np.array([[2.0, -1.0], [-1.0, 1.0]]), np.array([0.1, 0.0])
    x = np.array([[1.0, 2.0], [3.0, 0.5]])
    return [
        Case((x, np.array([0, 1]), w1, b1, w2, b2), label="two rows, two hidden units, two classes"),
        Case((x[:1], np.array([1]), w1, b1, w2, b2), label="a single row", edge="n=1"),
        Case((x, np.array([0, 1]), w1, b1 - 50.0, w2, b2), label="all hidden units off", edge="dead-units"),
    ]


def hidden(rng):
    x, y = rng.normal(size=(7, 3)), rng.integers(0, 4, 7)
    network = _network(rng, 3, 5, 4)
    w1, b1, w2, b2 = network
    whole = rng.integers(-2, 3, (6, 2)), rng.integers(0, 3, 6), rng.integers(-2, 3, (2, 4))
    return [
        Case((x, y, *network), label="four classes"),
        Case((x, y, w1, b1 + 20.0, w2, b2), label="all hidden units on"),
        Case((x, y, w1, b1, 1000 * w2, b2), label="scores in the thousands", edge="large", rtol=1e-5),
        Case((x, y, w1, b1, w2 + 500.0, b2), label="the same shift for all scores", edge="large", rtol=1e-5),
        Case((np.zeros((4, 3)), np.arange(4), w1, np.zeros(5), w2, b2),
             label="hidden sums of exactly 0", edge="zero"),
        Case((np.eye(3), np.array([0, 1, 2]), np.array([[1.0, 0, 2], [0, 1, 0], [-1, 0, 1]]), np.array([0.0, -1, 0]),
              rng.normal(size=(3, 3)), np.zeros(3)), label="some hidden sums of exactly 0", edge="zero"),
        Case((*whole, rng.integers(-2, 3, 4), rng.integers(-2, 3, (4, 3)), np.zeros(3, int)),
             label="whole numbers", edge="dtype"),
        Case((rng.normal(size=(20, 1)), rng.integers(0, 2, 20), *_network(rng, 1, 3, 2)), label="one input"),
        Case((x, rng.integers(0, 2, 7), *_network(rng, 3, 1, 2)), label="one hidden unit"),
        Case((x, np.zeros(7, int), *_network(rng, 3, 2, 1)), label="one class: no gradient", edge="one-class"),
    ]  # fmt: skip
