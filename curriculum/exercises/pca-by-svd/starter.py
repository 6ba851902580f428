import numpy as np


def pca(x, k):
    """Components (k, d), variances (k,) and scores (n, k) of the k strongest directions."""
