import numpy as np


def bootstrap_interval(x, indices, statistic=np.mean, level=0.95):
    """Percentile interval (lower, upper) of statistic over the resamples x[indices[b]]."""
