import numpy as np


def impute_median(train, new):
    train, new = np.asarray(train, float), np.asarray(new, float)
    known = ~np.isnan(train)
    fill = [
        np.median(column[seen]) if seen.any() else 0.0
        for column, seen in zip(train.T, known.T)
    ]
    gaps = np.isnan(new)
    return np.where(gaps, fill, new), gaps[:, ~known.all(axis=0)].astype(int)
