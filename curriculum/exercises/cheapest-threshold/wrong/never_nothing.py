# category: value
import numpy as np


def cheapest_threshold(label, score, false_alarm, miss):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    best = (np.inf, np.inf if len(score) else 0.0)
    for threshold in np.unique(score)[::-1]:
        flagged = score >= threshold
        cost = false_alarm * np.sum(flagged & ~positive) + miss * np.sum(~flagged & positive)
        if cost < best[1]:
            best = (float(threshold), float(cost))
    return best
