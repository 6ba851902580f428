import numpy as np


def descend(x, y, rate, steps):
    x, y = np.asarray(x, float), np.asarray(y, float)
    weights, losses = np.zeros(x.shape[1]), np.empty(steps + 1)
    for step in range(steps + 1):
        error = x @ weights - y
        losses[step] = np.mean(error**2)
        if step < steps:
            weights = weights - rate * 2 * x.T @ error / len(y)
    return weights, losses
