import numpy as np


def least_squares(x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    centre, level = x.mean(axis=0), y.mean()
    # A constant is perpendicular to centred columns, so y itself need not be centred here.
    coefficients, _, rank, _ = np.linalg.lstsq(x - centre, y, rcond=None)
    residuals = y - level - (x - centre) @ coefficients
    freedom = len(y) - rank - 1
    variance = residuals @ residuals / freedom if freedom > 0 else np.nan
    return level - centre @ coefficients, coefficients, variance
