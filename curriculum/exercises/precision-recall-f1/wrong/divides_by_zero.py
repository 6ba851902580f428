# category: nan
import numpy as np


def scores(actual, flagged):
    actual, flagged = np.asarray(actual) == 1, np.asarray(flagged) == 1
    tp = np.sum(actual & flagged)
    with np.errstate(all="ignore"):
        precision, recall = tp / flagged.sum(), tp / actual.sum()
        return float(precision), float(recall), float(2 * precision * recall / (precision + recall))
