# category: nan
import numpy as np


def covariance(x, ddof=1):
    x = np.asarray(x, float)
    if len(x) <= ddof:
        return np.full((x.shape[1], x.shape[1]), np.nan)
    centred = x - x.mean(axis=0)
    return centred.T @ centred / (len(x) - ddof)
