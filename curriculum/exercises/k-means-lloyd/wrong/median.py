# category: value
import numpy as np


def k_means(x, centres, rounds):
    x, centres = np.asarray(x, float), np.array(centres, float)
    for _ in range(rounds):
        labels = ((x[:, None] - centres) ** 2).sum(axis=-1).argmin(axis=1)
        for k in np.unique(labels):
            centres[k] = np.median(x[labels == k], axis=0)
    squared = ((x[:, None] - centres) ** 2).sum(axis=-1)
    return centres, squared.argmin(axis=1), squared.min(axis=1).sum()
