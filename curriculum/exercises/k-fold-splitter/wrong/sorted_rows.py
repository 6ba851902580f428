# category: value
import numpy as np


def folds(order, k):
    if k < 2 or k > len(order):
        raise ValueError("k must lie between 2 and the number of rows")
    pieces = np.array_split(np.sort(order), k)
    return [(np.concatenate(pieces[:i] + pieces[i + 1 :]), pieces[i]) for i in range(k)]
