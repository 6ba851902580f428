# category: value
import numpy as np


def least_squares(x, y):
    w, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    residuals = y - x @ w
    return 0.0, w, residuals @ residuals / (len(y) - rank - 1)
