# category: exception
import numpy as np


def log_sum_exp(z, axis=None):
    z = np.asarray(z, float)
    top = z.max(axis=axis)
    return top + np.log(np.exp(z - top).sum(axis=axis))
