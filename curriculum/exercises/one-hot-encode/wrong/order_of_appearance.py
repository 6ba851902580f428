# category: value
from collections import Counter

import numpy as np


def one_hot(train, new, min_count):
    counts = Counter(train)
    categories = [name for name, count in counts.items() if count >= min_count]
    matrix = np.array([[int(name == c) for c in categories] for name in new], int)
    return categories, matrix.reshape(len(new), len(categories))
