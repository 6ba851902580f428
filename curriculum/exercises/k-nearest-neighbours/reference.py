import numpy as np


def knn_classify(train_x, train_y, x, k):
    train_x, train_y, x = np.asarray(train_x, float), np.asarray(train_y), np.asarray(x, float)
    squared = ((x[:, None] - train_x) ** 2).sum(axis=-1)
    nearest = np.argsort(squared, axis=1, kind="stable")[:, :k]
    labels = np.unique(train_y)
    votes = (train_y[nearest][:, :, None] == labels).sum(axis=1)
    return labels[votes.argmax(axis=1)]
