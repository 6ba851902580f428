# category: value
import numpy as np


def knn_classify(train_x, train_y, x, k):
    squared = ((np.asarray(x, float)[:, None] - train_x) ** 2).sum(axis=-1)
    nearest = np.argsort(squared, axis=1, kind="stable")[:, :k]
    return np.rint(train_y[nearest].mean(axis=1)).astype(int)
