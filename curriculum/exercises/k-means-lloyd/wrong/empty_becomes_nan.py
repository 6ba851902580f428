# category: nan
import numpy as np


def k_means(x, centres, rounds):
    x, centres = np.asarray(x, float), np.array(centres, float)
    for _ in range(rounds):
        labels = ((x[:, None] - centres) ** 2).sum(axis=-1).argmin(axis=1)
        centres = np.array([x[labels == k].mean(axis=0) for k in range(len(centres))])
    squared = ((x[:, None] - centres) ** 2).sum(axis=-1)
    return centres, squared.argmin(axis=1), squared.min(axis=1).sum()
