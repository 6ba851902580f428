# category: value
import numpy as np


def bootstrap_interval(x, indices, statistic=np.mean, level=0.95):
    replicates = np.asarray(x)[indices].mean(axis=1)
    tail = (1 - level) / 2
    return tuple(np.quantile(replicates, [tail, 1 - tail]).ravel()[:2])
