# category: value
import numpy as np


def power_iteration(a, start, steps):
    vector = np.asarray(start, float)
    for _ in range(steps):
        vector = a @ vector
    vector = vector * np.sign(vector[np.argmax(np.abs(vector))])
    return float(vector @ a @ vector / (vector @ vector)), vector
