# category: value
import numpy as np


def folds(order, k):
    order = np.asarray(order)
    if k < 2 or k > len(order):
        raise ValueError("k must lie between 2 and the number of rows")
    number = np.arange(len(order)) % k
    return [(order[number != i], order[number == i]) for i in range(k)]
