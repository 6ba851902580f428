# category: nan
import numpy as np


def group_means(keys, values):
    groups, number = np.unique(keys, return_inverse=True)
    counts = np.bincount(number, minlength=len(groups))
    return groups, np.bincount(number, weights=values, minlength=len(groups)) / counts, counts
