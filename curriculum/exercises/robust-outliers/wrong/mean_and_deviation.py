# category: value
import numpy as np


def flag_outliers(values, cutoff):
    values = np.asarray(values, float)
    centre, scale = np.nanmean(values), np.nanstd(values)
    return np.abs(values - centre) > cutoff * scale, centre, scale
