# category: shape
import numpy as np


def distances(x, y):
    difference = np.asarray(y, float)[:, None, :] - np.asarray(x, float)[None, :, :]
    return np.sqrt((difference**2).sum(axis=-1))
