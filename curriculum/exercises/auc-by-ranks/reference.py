import numpy as np


def auc(label, score):
    positive = np.asarray(label) == 1
    m = np.sum(positive)
    k = len(positive) - m
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    rank = (last - (count - 1) / 2)[place]  # equal scores share the mean of their ranks
    with np.errstate(invalid="ignore"):  # no pairs: 0/0 is the nan that the task asks for
        return float((rank[positive].sum() - m * (m + 1) / 2) / (m * k))
