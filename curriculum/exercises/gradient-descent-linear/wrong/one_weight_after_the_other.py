# category: value
import numpy as np


def descend(x, y, rate, steps):
    weights = np.zeros(x.shape[1])
    losses = [np.mean((x @ weights - y) ** 2)]
    for _ in range(steps):
        for j in range(len(weights)):
            weights[j] -= rate * 2 * np.mean((x @ weights - y) * x[:, j])
        losses.append(np.mean((x @ weights - y) ** 2))
    return weights, np.array(losses)
