# category: shape
import numpy as np


def impute_median(train, new):
    train, new = np.asarray(train, float), np.asarray(new, float)
    fill = np.nan_to_num(np.nanmedian(train, axis=0))
    gaps = np.isnan(new)
    return np.where(gaps, fill, new), gaps.astype(int)
