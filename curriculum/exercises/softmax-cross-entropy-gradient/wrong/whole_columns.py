# category: value
import numpy as np


def loss_and_gradient(scores, labels):
    z = scores - scores.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[:, labels] -= 1
    return -log_p[:, labels].mean(), gradient / len(z)
