# category: value
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    gradient = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[place] += np.asarray(h).astype(x.dtype)
        below[place] -= np.asarray(h).astype(x.dtype)
        gradient[place] = (f(above) - f(below)) / (2 * h)
    return gradient
