import numpy as np


def group_means(keys, values):
    groups, number = np.unique(keys, return_inverse=True)
    values = np.asarray(values, float)
    known = ~np.isnan(values)
    size = len(groups)
    counts = np.bincount(number[known], minlength=size)
    sums = np.bincount(number[known], weights=values[known], minlength=size)
    with np.errstate(invalid="ignore"):  # 0 / 0 is the NaN that is wanted
        return groups, sums / counts, counts
