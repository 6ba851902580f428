import numpy as np


def grouped_split(groups, order, rows):
    groups = np.asarray(groups)
    total = np.cumsum([np.sum(groups == group) for group in order])
    needed = np.sum(total < rows) + 1
    held = np.isin(groups, order[:needed])
    return np.flatnonzero(~held), np.flatnonzero(held)
