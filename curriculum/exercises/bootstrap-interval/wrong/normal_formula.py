# category: value
import numpy as np


def bootstrap_interval(x, indices, statistic=np.mean, level=0.95):
    x = np.asarray(x)
    replicates = np.array([statistic(resample) for resample in x[indices]])
    error = replicates.std()
    return statistic(x) - 1.96 * error, statistic(x) + 1.96 * error
