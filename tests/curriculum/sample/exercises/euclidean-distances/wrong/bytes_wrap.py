# category: value
import numpy as np


def distances(x, y):
    difference = x[:, None, :] - y[None, :, :]
    return np.sqrt((difference**2).sum(axis=-1).astype(float))
