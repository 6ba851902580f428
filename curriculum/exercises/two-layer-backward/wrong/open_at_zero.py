# category: value
import numpy as np


def gradients(x, y, w1, b1, w2, b2):
    rows = np.arange(len(x))
    a = x @ w1 + b1
    h = np.maximum(0, a)
    z = h @ w2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    p[rows, y] -= 1
    p /= len(x)
    back = (p @ w2.T) * (a >= 0)
    return -log_p[rows, y].mean(), x.T @ back, back.sum(axis=0), h.T @ p, p.sum(axis=0)
