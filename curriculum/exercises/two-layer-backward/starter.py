import numpy as np


def gradients(x, y, w1, b1, w2, b2):
    """Loss and its derivatives with respect to w1, b1, w2 and b2, each in the shape of its parameter."""
