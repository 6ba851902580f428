# category: value
import numpy as np


def auc(label, score):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    if positive.all() or not positive.any():
        return 0.5
    low = np.sort(score[~positive])
    below = np.searchsorted(low, score[positive], "left") + np.searchsorted(low, score[positive], "right")
    return float(below.sum() / 2 / (positive.sum() * (~positive).sum()))
