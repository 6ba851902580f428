# category: nan
import numpy as np


def least_squares(x, y):
    centre, level = np.mean(x, axis=0), np.mean(y)
    w = np.linalg.lstsq(x - centre, y - level, rcond=None)[0]
    residuals = y - level - (x - centre) @ w
    freedom = len(y) - x.shape[1] - 1
    return level - centre @ w, w, residuals @ residuals / freedom if freedom > 1 else np.nan
