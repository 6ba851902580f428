import numpy as np


def knn_classify(train_x, train_y, x, k):
    """Label of every row of x, (m, d), by its k nearest rows of train_x, (n, d), with labels train_y, (n,)."""
