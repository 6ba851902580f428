# category: value
import numpy as np


def group_means(keys, values):
    groups, number = np.unique(keys, return_inverse=True)
    counts = np.bincount(number, minlength=len(groups))
    sums = np.bincount(number, weights=np.nan_to_num(values), minlength=len(groups))
    return groups, sums / counts, counts
