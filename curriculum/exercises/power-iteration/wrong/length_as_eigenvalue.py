# category: value
import numpy as np


def power_iteration(a, start, steps):
    vector = np.asarray(start, float) / np.linalg.norm(start)
    for _ in range(steps):
        image = a @ vector
        if not image.any():
            break
        vector = image / np.linalg.norm(image)
    vector = vector * np.sign(vector[np.argmax(np.abs(vector))])
    return float(np.linalg.norm(a @ vector)), vector
