# category: value
import numpy as np


def log_sum_exp(z, axis=None):
    z = np.asarray(z, float)
    if z.size == 0:
        return np.full(np.exp(z).sum(axis=axis).shape, -np.inf)[()]
    top = z.max()
    return top + np.log(np.exp(z - top).sum(axis=axis))
