# category: value
import numpy as np


def least_squares(x, y):
    centre, level = np.mean(x, axis=0), np.mean(y)
    w = np.linalg.lstsq(x - centre, y - level, rcond=None)[0]
    residuals = y - level - (x - centre) @ w
    return level - centre @ w, w, np.mean(residuals**2)
