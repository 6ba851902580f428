# category: value
import numpy as np


def pca(x, k):
    x = np.asarray(x, float)
    centred = x - x.mean(axis=0)
    _, values, vt = np.linalg.svd(centred, full_matrices=False)
    return vt[:k], values[:k] ** 2 / (len(x) - 1), centred @ vt[:k].T
