# category: value
# says: twice
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, float)
    gradient = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / h
    return gradient
