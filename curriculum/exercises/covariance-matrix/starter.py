import numpy as np


def covariance(x, ddof=1):
    """Covariance matrix, shape (d, d), of the complete rows of x, shape (n, d)."""
