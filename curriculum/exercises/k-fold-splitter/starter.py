import numpy as np


def folds(order, k):
    """List of k pairs (training, held_out) of row numbers, cut from the given order."""
