import numpy as np


def best_split(x, y):
    """Threshold on x, (n,), with the lowest weighted Gini impurity of y, (n,), and that impurity."""
