import numpy as np


def numerical_gradient(f, x, h=1e-5):
    """Central-difference gradient of f at x, an array of x's shape."""
