import numpy as np


def distances(x, y):
    """Distance of every row of x, shape (n, d), to every row of y, shape (m, d)."""
