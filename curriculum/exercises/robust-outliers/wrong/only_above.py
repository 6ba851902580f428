# category: value
import numpy as np


def flag_outliers(values, cutoff):
    values = np.asarray(values, float)
    centre = np.nanmedian(values)
    scale = 1.4826 * np.nanmedian(np.abs(values - centre))
    return values - centre > cutoff * scale, centre, scale
