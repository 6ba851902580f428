# category: value
import numpy as np


def fit_normal(x):
    x = np.asarray(x, float)
    if np.isnan(x).all():
        raise ValueError("there is no value to fit")
    sd = np.nanstd(x)
    with np.errstate(divide="ignore"):
        return np.nanmean(x), sd, -len(x) * (np.log(sd) + np.log(2 * np.pi) / 2 + 1 / 2)
