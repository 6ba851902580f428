# category: type
import numpy as np


def fit_logistic(x, y, penalty, steps):
    columns = np.column_stack([np.ones(len(x)), x])
    price = np.diag([0.0] + [penalty] * (columns.shape[1] - 1))
    weights = np.zeros(columns.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-columns @ weights))
        gradient = columns.T @ (p - y) + price @ weights
        curvature = columns.T @ (columns * (p * (1 - p))[:, None]) + price
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights
