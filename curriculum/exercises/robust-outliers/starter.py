import numpy as np


def flag_outliers(values, cutoff):
    """Flags, centre and scale of values, shape (n,), by median and MAD."""
