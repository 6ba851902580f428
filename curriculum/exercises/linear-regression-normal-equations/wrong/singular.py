# category: exception
import numpy as np


def least_squares(x, y):
    columns = np.column_stack([np.ones(len(y)), x])
    beta = np.linalg.solve(columns.T @ columns, columns.T @ y)
    residuals = y - columns @ beta
    return beta[0], beta[1:], residuals @ residuals / (len(y) - columns.shape[1])
