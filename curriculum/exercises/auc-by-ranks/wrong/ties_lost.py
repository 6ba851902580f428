# category: value
import numpy as np


def auc(label, score):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    if positive.all() or not positive.any():
        return float("nan")
    below = np.searchsorted(np.sort(score[~positive]), score[positive], side="left")
    return float(below.sum() / (positive.sum() * (~positive).sum()))
