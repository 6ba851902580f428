# category: value
import numpy as np


def auc(label, score):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    m, k = positive.sum(), (~positive).sum()
    if m == 0 or k == 0:
        return float("nan")
    rank = np.empty(len(score))
    rank[np.argsort(score, kind="stable")] = np.arange(1, len(score) + 1)
    return float((rank[positive].sum() - m * (m + 1) / 2) / (m * k))
