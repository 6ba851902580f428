# category: value
import numpy as np


def pca(x, k):
    x = np.asarray(x, float)
    _, values, vt = np.linalg.svd(x, full_matrices=False)
    components = vt[:k]
    largest = np.abs(components).argmax(axis=1)
    components = components * np.sign(components[np.arange(k), largest])[:, None]
    return components, values[:k] ** 2 / (len(x) - 1), x @ components.T
