import numpy as np


def gram_schmidt(a):
    """Orthonormal basis, shape (n, r), of the span of a's columns, from left to right."""
