import numpy as np


def flag_outliers(values, cutoff):
    values = np.asarray(values, float)
    centre = np.nanmedian(values)
    distance = np.abs(values - centre)
    scale = 1.4826 * np.nanmedian(distance)
    return distance > cutoff * scale, centre, scale
