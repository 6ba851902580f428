# category: value
import numpy as np


def impute_median(train, new):
    train, new = np.asarray(train, float), np.asarray(new, float)
    gaps = np.isnan(new)
    fill = [
        np.median(column[~missing]) if (~missing).any() else 0.0
        for column, missing in zip(new.T, gaps.T, strict=True)
    ]
    return np.where(gaps, fill, new), gaps[:, np.isnan(train).any(axis=0)].astype(int)
