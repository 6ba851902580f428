import numpy as np


def least_squares(x, y):
    """Intercept, coefficients and residual variance of the least-squares fit of y, (n,), on x, (n, d)."""
