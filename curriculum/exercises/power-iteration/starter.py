import numpy as np


def power_iteration(a, start, steps):
    """Rayleigh quotient and unit vector after ``steps`` multiplications by a."""
