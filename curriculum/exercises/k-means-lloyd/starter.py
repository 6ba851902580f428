import numpy as np


def k_means(x, centres, rounds):
    """Centres (k, d), labels (n,) and inertia after so many rounds of Lloyd's algorithm on x, (n, d)."""
