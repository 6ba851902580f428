# category: value
import numpy as np


def least_squares(x, y):
    columns = np.column_stack([np.ones(len(y)), x])
    beta, _, rank, _ = np.linalg.lstsq(columns, y, rcond=None)
    residuals = y - columns @ beta
    freedom = len(y) - rank
    return beta[0], beta[1:], residuals @ residuals / freedom if freedom > 0 else np.nan
