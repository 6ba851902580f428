# category: nan
import warnings

import numpy as np


def calibration_error(outcome, forecast, bins=10):
    outcome, forecast = np.asarray(outcome, float), np.asarray(forecast, float)
    index = np.minimum((forecast * bins).astype(int), bins - 1)
    total = 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for b in range(bins):
            inside = index == b
            total += inside.mean() * abs(outcome[inside].mean() - forecast[inside].mean())
    return float(total)
