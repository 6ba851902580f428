# category: value
import numpy as np


def pca(x, k):
    x = np.asarray(x, float)
    spread = x.std(axis=0)
    centred = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)
    _, values, vt = np.linalg.svd(centred, full_matrices=False)
    components = vt[:k]
    largest = np.abs(components).argmax(axis=1)
    components = components * np.sign(components[np.arange(k), largest])[:, None]
    return components, values[:k] ** 2 / (len(x) - 1), centred @ components.T
