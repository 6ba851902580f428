import numpy as np


def value_iteration(p, r, gamma, tolerance=1e-6):
    """Values, greedy policy and number of sweeps of synchronous value iteration."""
