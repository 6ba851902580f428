import numpy as np


def loss_and_gradient(scores, labels):
    """Mean cross-entropy of the softmax of scores, (n, k), and its gradient, (n, k)."""
