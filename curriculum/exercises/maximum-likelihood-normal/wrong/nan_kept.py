# category: nan
import numpy as np


def fit_normal(x):
    x = np.asarray(x, float)
    if not len(x):
        raise ValueError("there is no value to fit")
    with np.errstate(divide="ignore"):
        return x.mean(), x.std(), -len(x) * (np.log(x.std()) + np.log(2 * np.pi) / 2 + 1 / 2)
