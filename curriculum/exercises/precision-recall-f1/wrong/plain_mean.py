# category: value
import numpy as np


def scores(actual, flagged):
    actual, flagged = np.asarray(actual) == 1, np.asarray(flagged) == 1
    tp = np.sum(actual & flagged)
    precision = float(tp / flagged.sum()) if flagged.any() else 0.0
    recall = float(tp / actual.sum()) if actual.any() else 0.0
    return precision, recall, (precision + recall) / 2
