import numpy as np


def cheapest_threshold(label, score, false_alarm, miss):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    thresholds = np.append(np.unique(score), np.inf)[::-1]
    flagged = score >= thresholds[:, None]  # one row for each threshold, from high to low
    alarms = (flagged & ~positive).sum(axis=1)
    misses = (positive & ~flagged).sum(axis=1)
    cost = false_alarm * alarms + miss * misses
    return float(thresholds[cost.argmin()]), float(cost.min())
