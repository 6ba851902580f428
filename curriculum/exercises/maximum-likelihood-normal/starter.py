import numpy as np


def fit_normal(x):
    """Maximum-likelihood mean and standard deviation, and the log-likelihood there."""
