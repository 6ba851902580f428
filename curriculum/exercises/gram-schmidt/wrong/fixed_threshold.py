# category: shape
import numpy as np


def gram_schmidt(a):
    a = np.asarray(a, float)
    basis = np.empty((len(a), 0))
    for column in a.T:
        rest = column - basis @ (basis.T @ column)
        length = np.linalg.norm(rest)
        if length > 1e-10:
            basis = np.column_stack([basis, rest / length])
    return basis
