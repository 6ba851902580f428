# category: value
# says: n - 1
import numpy as np


def pca(x, k):
    x = np.asarray(x, float)
    centred = x - x.mean(axis=0)
    _, values, vt = np.linalg.svd(centred, full_matrices=False)
    components = vt[:k]
    largest = np.abs(components).argmax(axis=1)
    components = components * np.sign(components[np.arange(k), largest])[:, None]
    return components, values[:k] ** 2 / len(x), centred @ components.T
