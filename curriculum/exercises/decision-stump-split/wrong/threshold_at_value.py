# category: value
import numpy as np


def gini(y):
    return 1 - ((np.unique(y, return_counts=True)[1] / len(y)) ** 2).sum()


def best_split(x, y):
    values = np.unique(np.asarray(x, float))
    if len(values) == 1:
        return np.nan, gini(y)
    scores = [
        np.mean(x <= v) * gini(y[x <= v]) + np.mean(x > v) * gini(y[x > v]) for v in values[:-1]
    ]
    i = int(np.round(scores, 9).argmin())
    return values[i], scores[i]
