# category: value
import numpy as np


def scores(actual, flagged):
    actual, flagged = np.asarray(actual).astype(bool), np.asarray(flagged).astype(bool)
    tp = np.sum(actual & flagged)
    precision = float(tp / flagged.sum()) if flagged.any() else 0.0
    recall = float(tp / actual.sum()) if actual.any() else 0.0
    return precision, recall, float(2 * tp / max(1, actual.sum() + flagged.sum()))
