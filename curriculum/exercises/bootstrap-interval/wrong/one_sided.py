# category: value
import numpy as np


def bootstrap_interval(x, indices, statistic=np.mean, level=0.95):
    replicates = [statistic(resample) for resample in np.asarray(x)[indices]]
    return tuple(np.quantile(replicates, [1 - level, level]))
