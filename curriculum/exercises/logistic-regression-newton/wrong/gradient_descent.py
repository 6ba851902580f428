# category: value
import numpy as np


def fit_logistic(x, y, penalty, steps):
    columns = np.column_stack([np.ones(len(x)), x])
    weights = np.zeros(columns.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-columns @ weights))
        gradient = columns.T @ (p - y)
        gradient[1:] += penalty * weights[1:]
        weights = weights - 0.1 * gradient
    return weights[0], weights[1:]
