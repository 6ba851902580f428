import numpy as np


def power_iteration(a, start, steps):
    a = np.asarray(a, float)
    vector = np.asarray(start, float) / np.linalg.norm(start)
    for _ in range(steps):
        image = a @ vector
        length = np.linalg.norm(image)
        if length == 0:
            break
        vector = image / length
    vector = vector * np.sign(vector[np.argmax(np.abs(vector))])
    return float(vector @ a @ vector), vector
