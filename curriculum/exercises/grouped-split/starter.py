import numpy as np


def grouped_split(groups, order, rows):
    """Row numbers (train, test); whole groups are held out until the test set has enough rows."""
