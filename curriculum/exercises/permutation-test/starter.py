import numpy as np


def permutation_test(a, b, permutations):
    """Difference of means and its two-sided permutation p-value."""
