# category: value
import numpy as np


def loss_and_gradient(scores, labels):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(p))
    gradient = p.copy()
    gradient[rows, labels] -= 1
    return -np.log(p[rows, labels] + 1e-12).mean(), gradient / len(p)
