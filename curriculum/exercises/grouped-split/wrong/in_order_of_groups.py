# category: value
import numpy as np


def grouped_split(groups, order, rows):
    groups = np.asarray(groups)
    test = []
    for group in order:
        if len(test) >= rows:
            break
        test.extend(np.flatnonzero(groups == group))
    return np.setdiff1d(np.arange(len(groups)), test), np.array(test, int)
