import numpy as np


def auc(label, score):
    """Share of (positive, negative) pairs in the right order, ties counted half; nan without pairs."""
