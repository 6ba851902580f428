# category: value
import numpy as np


def flag_outliers(values, cutoff):
    values = np.asarray(values, float)
    centre = np.median(values)
    distance = np.abs(values - centre)
    scale = 1.4826 * np.median(distance)
    return distance > cutoff * scale, centre, scale
