import numpy as np


def covariance(x, ddof=1):
    x = np.asarray(x, float)
    complete = x[~np.isnan(x).any(axis=1)]
    if len(complete) <= ddof:
        return np.full((x.shape[1], x.shape[1]), np.nan)
    centred = complete - complete.mean(axis=0)
    return centred.T @ centred / (len(complete) - ddof)
