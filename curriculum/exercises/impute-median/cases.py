"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case

NAN = np.nan


def example():
    train = np.array([[1.0, 10.0], [NAN, 20.0], [3.0, 60.0], [8.0, 30.0]])
    return [
        Case((train, np.array([[NAN, 15.0], [5.0, 25.0]])), label="one gap, filled with the median 3"),
        Case((train, np.array([[2.0, NAN]])), label="a gap where training has none"),
        Case((np.array([[NAN, 1.0], [NAN, 2.0]]), np.array([[NAN, NAN]])), label="a column without known values", edge="nan"),
    ]


def holed(rng, shape, share):
    values = rng.normal(20, 6, shape).round(2)
    return np.where(rng.random(shape) < share, NAN, values)


def hidden(rng):
    train, new = holed(rng, (9, 4), 0.35), holed(rng, (6, 4), 0.35)
    train[0] = [1.0, 2.0, 3.0, 90.0]
    train[1, [0, 2]] = NAN
    whole = rng.normal(size=(5, 4))
    last = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, NAN], [6.0, 90.0, 7.0]])
    return [
        Case((train, new), label="gaps on both sides"),
        Case((new, train), label="the other way round"),
        Case((train, train), label="the training rows themselves"),
        Case((whole, new), label="no gap in training, so no indicator", edge="no gaps"),
        Case((train, whole), label="no gap in the new rows", edge="no gaps"),
        Case((train, np.empty((0, 4))), label="no new rows", edge="empty"),
        Case((train[:1], new), label="a single training row", edge="n=1"),
        Case((last, np.array([[NAN, NAN, NAN]])), label="only the last column has an indicator"),
        Case((np.full((3, 2), NAN), new[:, :2]), label="nothing known in training", edge="nan"),
        Case((rng.integers(0, 9, (5, 3)), rng.integers(0, 9, (2, 3))), label="whole numbers", edge="dtype"),
        Case((np.array([[0.0], [NAN], [1.0], [100.0], [2.0]]), np.array([[NAN]])), label="an extreme value does not move the median"),
        Case((holed(rng, (40, 1), 0.5), holed(rng, (30, 1), 0.5)), label="one column"),
    ]
