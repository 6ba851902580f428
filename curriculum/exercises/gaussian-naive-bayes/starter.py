import numpy as np


class GaussianNaiveBayes:
    """Naive Bayes with a normal distribution per class and column; floor is added to every variance."""

    def __init__(self, floor=0.001):
        self.floor = floor

    def fit(self, x, y):
        """Estimate priors, means and variances from x, (n, d), and labels y, (n,)."""

    def log_posterior(self, x):
        """Log probability of each class for each row of x: shape (m, classes)."""

    def predict(self, x):
        """The most probable label of each row of x: shape (m,)."""
