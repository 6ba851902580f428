# category: value
import numpy as np


def knn_classify(train_x, train_y, x, k):
    out = []
    for row in np.asarray(x, float):
        order = np.argsort(((train_x - row) ** 2).sum(axis=1), kind="stable")[:k]
        labels, counts = np.unique(train_y[order], return_counts=True)
        out.append(labels[::-1][counts[::-1].argmax()])
    return np.array(out, int)
