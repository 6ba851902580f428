import numpy as np


def gini(y):
    shares = np.unique(y, return_counts=True)[1] / len(y)
    return 1 - (shares**2).sum()


def best_split(x, y):
    x, y = np.asarray(x, float), np.asarray(y)
    values = np.unique(x)
    best, lowest = (np.nan, gini(y)), np.inf
    for left, right in zip(values, values[1:]):
        low = x <= left
        share = low.mean()
        impurity = share * gini(y[low]) + (1 - share) * gini(y[~low])
        # The margin keeps rounding from breaking ties between equal impurities.
        if impurity < lowest - 1e-9:
            best, lowest = ((left + right) / 2, impurity), impurity
    return best
