# category: value
import numpy as np


def entropy(y):
    p = np.unique(y, return_counts=True)[1] / len(y)
    return -(p * np.log2(p)).sum()


def best_split(x, y):
    values = np.unique(np.asarray(x, float))
    if len(values) == 1:
        return np.nan, entropy(y)
    scores = [
        np.mean(x <= v) * entropy(y[x <= v]) + np.mean(x > v) * entropy(y[x > v]) for v in values[:-1]
    ]
    i = int(np.round(scores, 9).argmin())
    return (values[i] + values[i + 1]) / 2, scores[i]
