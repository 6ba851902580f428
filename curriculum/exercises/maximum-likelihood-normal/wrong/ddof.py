# category: value
import numpy as np


def fit_normal(x):
    x = np.asarray(x, float)
    x = x[~np.isnan(x)]
    if not len(x):
        raise ValueError("there is no value to fit")
    sd = x.std(ddof=1) if len(x) > 1 else 0.0
    with np.errstate(divide="ignore"):
        return x.mean(), sd, -len(x) * (np.log(sd) + np.log(2 * np.pi) / 2 + 1 / 2)
