import numpy as np


def group_means(keys, values):
    """Mean and count of the known values of each group; keys and values have shape (n,)."""
