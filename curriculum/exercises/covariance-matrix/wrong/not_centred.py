# category: value
import numpy as np


def covariance(x, ddof=1):
    x = np.asarray(x, float)
    x = x[~np.isnan(x).any(axis=1)]
    if len(x) <= ddof:
        return np.full((x.shape[1], x.shape[1]), np.nan)
    return x.T @ x / (len(x) - ddof)
