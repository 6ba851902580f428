# category: value
import numpy as np


def flag_outliers(values, cutoff):
    values = np.asarray(values, float)
    centre = np.nanmedian(values)
    scale = 1.4826 * np.nanmedian(np.abs(values - centre))
    if scale == 0:
        return np.zeros(values.shape, bool), centre, scale
    return np.abs(values - centre) / scale > cutoff, centre, scale
