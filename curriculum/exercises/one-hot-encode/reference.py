from collections import Counter

import numpy as np


def one_hot(train, new, min_count):
    counts = Counter(train)
    categories = sorted(name for name, count in counts.items() if count >= min_count)
    column = {name: position for position, name in enumerate(categories)}
    matrix = np.zeros((len(new), len(categories)), int)
    for row, name in enumerate(new):
        if name in column:
            matrix[row, column[name]] = 1
    return categories, matrix
