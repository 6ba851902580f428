# category: value
import numpy as np


def k_means(x, centres, rounds):
    x, centres = np.asarray(x, float), np.array(centres, float)
    for _ in range(rounds):
        labels = np.linalg.norm(x[:, None] - centres, axis=-1).argmin(axis=1)
        for k in np.unique(labels):
            centres[k] = x[labels == k].mean(axis=0)
    distance = np.linalg.norm(x[:, None] - centres, axis=-1)
    return centres, distance.argmin(axis=1), distance.min(axis=1).sum()
