# category: value
from collections import Counter

import numpy as np


def knn_classify(train_x, train_y, x, k):
    out = []
    for row in np.asarray(x, float):
        order = np.argsort(((train_x - row) ** 2).sum(axis=1), kind="stable")[:k]
        out.append(Counter(train_y[order][::-1].tolist()).most_common(1)[0][0])
    return np.array(out, int)
