# category: shape
from collections import Counter

import numpy as np


def one_hot(train, new, min_count):
    counts = Counter([*train, *new])
    categories = sorted(name for name, count in counts.items() if count >= min_count)
    matrix = np.zeros((len(new), len(categories)), int)
    for row, name in enumerate(new):
        if name in categories:
            matrix[row, categories.index(name)] = 1
    return categories, matrix
