import numpy as np


def calibration_error(outcome, forecast, bins=10):
    """Mean gap between forecast and share of events over equal-width bins, weighted by size."""
