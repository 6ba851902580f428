# category: value
import numpy as np


def value_iteration(p, r, gamma, tolerance=1e-6):
    p, r = np.asarray(p, float), np.asarray(r, float)
    values, sweeps = np.zeros(len(r)), 0
    while True:
        change = 0.0
        for s in range(len(r)):
            new = (r[s] + gamma * p[s] @ values).max()
            change = max(change, abs(new - values[s]))
            values[s] = new
        sweeps += 1
        if change <= tolerance:
            return values, (r + gamma * (p @ values)).argmax(axis=1), sweeps
