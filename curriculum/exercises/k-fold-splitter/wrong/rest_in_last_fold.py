# category: shape
import numpy as np


def folds(order, k):
    order = np.asarray(order)
    if k < 2 or k > len(order):
        raise ValueError("k must lie between 2 and the number of rows")
    size = len(order) // k
    result = []
    for i in range(k):
        stop = (i + 1) * size if i < k - 1 else len(order)
        held = order[i * size : stop]
        result.append((np.setdiff1d(order, held, assume_unique=True), held))
    return result
