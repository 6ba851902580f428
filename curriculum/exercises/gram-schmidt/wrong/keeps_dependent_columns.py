# category: shape
import numpy as np


def gram_schmidt(a):
    a = np.asarray(a, float)
    basis = np.zeros(a.shape)
    for j, column in enumerate(a.T):
        rest = column - basis[:, :j] @ (basis[:, :j].T @ column)
        length = np.linalg.norm(rest)
        basis[:, j] = rest / length if length > 1e-10 else 0.0
    return basis
