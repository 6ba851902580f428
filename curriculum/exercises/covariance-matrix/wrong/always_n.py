# category: value
import numpy as np


def covariance(x, ddof=1):
    x = np.asarray(x, float)
    x = x[~np.isnan(x).any(axis=1)]
    centred = x - x.mean(axis=0)
    return centred.T @ centred / len(x)
