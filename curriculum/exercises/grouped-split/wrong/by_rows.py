# category: shape
import numpy as np


def grouped_split(groups, order, rows):
    groups = np.asarray(groups)
    ranked = np.concatenate([np.flatnonzero(groups == g) for g in order])
    test = np.sort(ranked[:rows])
    return np.setdiff1d(np.arange(len(groups)), test), test
