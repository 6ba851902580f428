# category: value
import numpy as np


def pca(x, k):
    x = np.asarray(x, float)
    centred = x - x.mean(axis=0)
    _, values, vt = np.linalg.svd(centred)
    components = vt[:, :k].T
    largest = np.abs(components).argmax(axis=1)
    components = components * np.sign(components[np.arange(k), largest])[:, None]
    return components, values[:k] ** 2 / (len(x) - 1), centred @ components.T
