# category: shape
import numpy as np


def descend(x, y, rate, steps):
    weights = np.zeros((x.shape[1], 1))
    losses = [np.mean((x @ weights - y) ** 2)]
    for _ in range(steps):
        weights = weights - rate * 2 * x.T @ (x @ weights - y) / len(y)
        losses.append(np.mean((x @ weights - y) ** 2))
    return weights, np.array(losses)
