import numpy as np


def pca(x, k):
    x = np.asarray(x, float)
    centred = x - x.mean(axis=0)
    _, values, vt = np.linalg.svd(centred, full_matrices=False)
    components = vt[:k]
    largest = np.abs(components).argmax(axis=1)
    signs = np.sign(components[np.arange(k), largest])
    components = components * signs[:, None]
    variances = values[:k] ** 2 / (len(x) - 1)
    return components, variances, centred @ components.T
