import numpy as np


def fit_normal(x):
    x = np.asarray(x, float)
    seen = x[~np.isnan(x)]
    if not len(seen):
        message = "there is no value to fit"
        raise ValueError(message)
    sd = seen.std()
    with np.errstate(divide="ignore"):  # sd = 0: log gives -inf, and the likelihood inf
        log_likelihood = -len(seen) * (np.log(sd) + np.log(2 * np.pi) / 2 + 1 / 2)
    return seen.mean(), sd, log_likelihood
