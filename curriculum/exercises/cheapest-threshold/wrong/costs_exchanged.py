# category: value
import numpy as np


def cheapest_threshold(label, score, false_alarm, miss):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    best = (np.inf, float(false_alarm * positive.sum()))
    for threshold in np.unique(score)[::-1]:
        flagged = score >= threshold
        cost = miss * np.sum(flagged & ~positive) + false_alarm * np.sum(~flagged & positive)
        if cost < best[1]:
            best = (float(threshold), float(cost))
    return best
