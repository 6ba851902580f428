# category: value
import numpy as np


def calibration_error(outcome, forecast, bins=10):
    outcome, forecast = np.asarray(outcome, float), np.asarray(forecast, float)
    if len(forecast) == 0:
        return float("nan")
    index = np.minimum((forecast * bins).astype(int), bins - 1)
    gaps = [abs(outcome[index == b].mean() - forecast[index == b].mean()) for b in np.unique(index)]
    return float(np.mean(gaps))
