"""Pushes to the side to which the pole leans."""  # noqa: INP001 - an entry's code

import numpy as np


def act(observation: np.ndarray) -> int:
    """Looks at the angle alone."""
    return int(observation[2] > 0)
