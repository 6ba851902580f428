import numpy as np


def bootstrap_interval(x, indices, statistic=np.mean, level=0.95):
    replicates = [statistic(resample) for resample in np.asarray(x)[indices]]
    tail = (1 - level) / 2
    lower, upper = np.quantile(replicates, [tail, 1 - tail])
    return lower, upper
