import numpy as np


def log_sum_exp(z, axis=None):
    z = np.asarray(z, float)
    top = np.max(z, axis=axis, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(top), top, np.zeros_like(top))
    with np.errstate(divide="ignore", over="ignore"):
        return np.log(np.exp(z - shift).sum(axis=axis)) + np.squeeze(shift, axis=axis)
