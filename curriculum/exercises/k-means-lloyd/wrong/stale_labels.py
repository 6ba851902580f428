# category: value
import numpy as np


def k_means(x, centres, rounds):
    x, centres = np.asarray(x, float), np.array(centres, float)
    squared = ((x[:, None] - centres) ** 2).sum(axis=-1)
    for _ in range(rounds):
        squared = ((x[:, None] - centres) ** 2).sum(axis=-1)
        labels = squared.argmin(axis=1)
        for k in range(len(centres)):
            if (labels == k).any():
                centres[k] = x[labels == k].mean(axis=0)
    return centres, squared.argmin(axis=1), squared.min(axis=1).sum()
