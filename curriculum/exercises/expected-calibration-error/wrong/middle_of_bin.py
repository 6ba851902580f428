# category: value
import numpy as np


def calibration_error(outcome, forecast, bins=10):
    outcome, forecast = np.asarray(outcome, float), np.asarray(forecast, float)
    if len(forecast) == 0:
        return float("nan")
    index = np.minimum((forecast * bins).astype(int), bins - 1)
    return float(
        sum(np.mean(index == b) * abs(outcome[index == b].mean() - (b + 0.5) / bins) for b in np.unique(index))
    )
