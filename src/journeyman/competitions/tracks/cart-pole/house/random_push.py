"""Pushes to a random side."""  # noqa: INP001 - an entry's code, no module of the package

import numpy as np

coin = np.random.default_rng()


def act(observation: np.ndarray) -> int:
    """A coin."""
    del observation
    return int(coin.integers(2))
