import numpy as np


def impute_median(train, new):
    """Fill the gaps of new, shape (m, d), with the medians of train, shape (n, d)."""
