# category: mutation
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x.astype(float))
        x[place] -= 2 * h
        below = f(x.astype(float))
        gradient[place] = (above - below) / (2 * h)
    return gradient
