# category: shape
import numpy as np


def grouped_split(groups, order, rows):
    groups = np.asarray(groups)
    held, count = [], 0
    for group in order:
        held.append(group)
        if count >= rows:
            break
        count += np.sum(groups == group)
    test = np.isin(groups, held)
    return np.flatnonzero(~test), np.flatnonzero(test)
