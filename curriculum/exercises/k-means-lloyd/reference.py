import numpy as np


def squared_distances(x, centres):
    return ((x[:, None] - centres) ** 2).sum(axis=-1)


def k_means(x, centres, rounds):
    x, centres = np.asarray(x, float), np.array(centres, float)
    for _ in range(rounds):
        labels = squared_distances(x, centres).argmin(axis=1)
        for k in np.unique(labels):
            centres[k] = x[labels == k].mean(axis=0)
    squared = squared_distances(x, centres)
    return centres, squared.argmin(axis=1), squared.min(axis=1).sum()
