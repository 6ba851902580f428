# category: nan
import numpy as np


def impute_median(train, new):
    train, new = np.asarray(train, float), np.asarray(new, float)
    gaps = np.isnan(new)
    filled = np.where(gaps, np.median(train, axis=0), new)
    return filled, gaps[:, np.isnan(train).any(axis=0)].astype(int)
