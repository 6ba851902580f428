"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((3, 20), label="flat prior"),
        Case((3, 20, 4, 96), label="prior from earlier adverts"),
        Case((np.array([0, 3, 20]), np.array([20, 20, 20])), {"level": 0.5}, label="several rates at once"),
        Case((0, 0, 2.0, 5.0), label="no trials: the prior", edge="n=0"),
    ]


def hidden(rng):
    trials = rng.integers(5, 60, size=6)
    successes = rng.integers(0, trials + 1)
    return [
        Case((successes, trials), label="random counts, flat prior"),
        Case((successes, trials, 2.5, 7.5), label="random counts, informed prior"),
        Case((successes, trials), {"a": 3.0, "level": 0.8}, label="80 % interval, b left at 1"),
        Case((successes, trials), {"b": 6.0, "level": 0.9}, label="90 % interval, a left at 1"),
        Case((0, 12), label="no successes", edge="none"),
        Case((12, 12), label="successes only", edge="all"),
        Case((1, 1), label="one trial", edge="n=1"),
        Case((successes.reshape(2, 3), trials.reshape(2, 3)), label="a table of rates"),
        Case((successes.astype(np.uint8), trials.astype(np.uint8)), label="unsigned bytes", edge="dtype"),
        Case((np.array([1.0, np.nan, 4.0]), np.array([9.0, 9.0, 9.0])), label="a missing count", edge="nan"),
        Case((np.array([]), np.array([])), label="no rates at all", edge="empty"),
        Case((-1, 10), label="a negative count is refused", edge="invalid", raises="ValueError"),
        Case((11, 10), label="more successes than trials", edge="invalid", raises="ValueError"),
        Case((np.array([200, 4], np.uint8), np.array([100, 9], np.uint8)), label="one invalid pair among bytes", edge="invalid", raises="ValueError"),
        Case((np.array([3, -2]), np.array([9, 9])), label="one negative count among two", edge="invalid", raises="ValueError"),
        Case((4000, 100_000, 4, 96), label="a large sample"),
    ]
