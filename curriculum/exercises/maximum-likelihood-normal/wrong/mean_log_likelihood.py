# category: value
import numpy as np


def fit_normal(x):
    x = np.asarray(x, float)
    x = x[~np.isnan(x)]
    if not len(x):
        raise ValueError("there is no value to fit")
    with np.errstate(divide="ignore"):
        return x.mean(), x.std(), -(np.log(x.std()) + np.log(2 * np.pi) / 2 + 1 / 2)
