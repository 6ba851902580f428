# category: value
import numpy as np


def calibration_error(outcome, forecast, bins=10):
    outcome, forecast = np.asarray(outcome, float), np.asarray(forecast, float)
    if len(forecast) == 0:
        return float("nan")
    total = 0.0
    for b in range(bins):
        inside = (forecast >= b / bins) & (forecast < (b + 1) / bins)
        if inside.any():
            total += inside.mean() * abs(outcome[inside].mean() - forecast[inside].mean())
    return float(total)
