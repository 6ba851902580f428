import numpy as np


def calibration_error(outcome, forecast, bins=10):
    outcome, forecast = np.asarray(outcome, float), np.asarray(forecast, float)
    index = np.minimum((forecast * bins).astype(int), bins - 1)
    surplus = np.bincount(index, outcome - forecast)  # summed in each bin
    with np.errstate(invalid="ignore"):  # no cases: 0/0 is the nan that the task asks for
        return float(np.abs(surplus).sum() / len(forecast))
