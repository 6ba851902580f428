# category: exception
import numpy as np


def one_hot(train, new, min_count):
    categories = sorted({name for name in train if train.count(name) >= min_count})
    matrix = np.zeros((len(new), len(categories)), int)
    for row, name in enumerate(new):
        matrix[row, categories.index(name)] = 1
    return categories, matrix
