# category: value
import numpy as np


def log_sum_exp(z, axis=None):
    z = np.asarray(z, float)
    top = z.max(axis=axis, keepdims=True, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0.0)
    return np.squeeze(top, axis=axis) + np.log(np.exp(z - top).sum(axis=axis) + 1e-10)
