import numpy as np


def fit_logistic(x, y, penalty, steps):
    """Intercept and weights, shape (d,), after so many Newton steps from zero; x is (n, d), y is (n,)."""
