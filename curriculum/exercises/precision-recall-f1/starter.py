import numpy as np


def scores(actual, flagged):
    """Precision, recall and F1 of the flagged cases; a score with divisor 0 is 0.0."""
