import numpy as np


def fit_logistic(x, y, penalty, steps):
    x, y = np.asarray(x, float), np.asarray(y, float)
    columns = np.column_stack([np.ones(len(x)), x])
    price = np.diag(np.append(0.0, np.full(x.shape[1], penalty)))
    weights = np.zeros(len(price))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-columns @ weights))
        gradient = columns.T @ (p - y) + price @ weights
        curvature = columns.T @ (columns * (p * (1 - p))[:, None]) + price
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights[0], weights[1:]
