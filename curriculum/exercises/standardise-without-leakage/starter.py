import numpy as np


class Standardiser:
    def fit(self, x):
        """Learn the mean and the standard deviation of each column of x, shape (n, d)."""

    def transform(self, x):
        """Scale x, shape (m, d), by what was learnt in fit."""
