# category: growth
import math

import numpy as np


def group_means(keys, values):
    groups = np.unique(keys)
    means, counts = [], []
    for group in groups:
        own = [v for k, v in zip(keys.tolist(), values.tolist()) if k == group and not math.isnan(v)]
        means.append(sum(own) / len(own) if own else math.nan)
        counts.append(len(own))
    return groups, np.array(means, float), np.array(counts, int)
