import numpy as np


def distances(x, y):
    difference = np.asarray(x, float)[:, None, :] - np.asarray(y, float)[None, :, :]
    return np.sqrt((difference**2).sum(axis=-1))
