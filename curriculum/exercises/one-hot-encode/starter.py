import numpy as np


def one_hot(train, new, min_count):
    """Encode new by the categories that occur at least min_count times in train."""
