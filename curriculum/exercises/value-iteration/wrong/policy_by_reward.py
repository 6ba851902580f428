# category: value
import numpy as np


def value_iteration(p, r, gamma, tolerance=1e-6):
    p, r = np.asarray(p, float), np.asarray(r, float)
    values, change, sweeps = np.zeros(len(r)), np.inf, 0
    while change > tolerance:
        updated = (r + gamma * (p @ values)).max(axis=1)
        change = np.abs(updated - values).max()
        values, sweeps = updated, sweeps + 1
    return values, r.argmax(axis=1), sweeps
