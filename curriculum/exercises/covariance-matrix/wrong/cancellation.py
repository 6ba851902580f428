# category: value
import numpy as np


def covariance(x, ddof=1):
    x = np.asarray(x, float)
    d = x.shape[1]
    x = x[~np.isnan(x).any(axis=1)]
    n = len(x)
    if n <= ddof:
        return np.full((d, d), np.nan)
    mean = x.mean(axis=0)
    return (x.T @ x / n - np.outer(mean, mean)) * n / (n - ddof)
