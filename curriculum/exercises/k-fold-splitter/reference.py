import numpy as np


def folds(order, k):
    if not 2 <= k <= len(order):
        raise ValueError("k must lie between 2 and the number of rows")
    pieces = np.array_split(np.asarray(order), k)
    return [(np.concatenate(pieces[:i] + pieces[i + 1 :]), pieces[i]) for i in range(k)]
