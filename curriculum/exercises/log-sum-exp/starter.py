import numpy as np


def log_sum_exp(z, axis=None):
    """Logarithm of the sum of exp(z) along ``axis`` (None: over all entries)."""
