# category: value
# says: square root
import numpy as np


def distances(x, y):
    difference = np.asarray(x, float)[:, None, :] - np.asarray(y, float)[None, :, :]
    return (difference**2).sum(axis=-1)
