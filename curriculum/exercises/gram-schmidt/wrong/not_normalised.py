# category: value
import numpy as np


def gram_schmidt(a):
    a = np.asarray(a, float)
    basis = np.empty((len(a), 0))
    for column in a.T:
        rest = column - sum(((q @ column) / (q @ q) * q for q in basis.T), np.zeros(len(a)))
        if np.linalg.norm(rest) > 1e-10 * np.linalg.norm(column):
            basis = np.column_stack([basis, rest])
    return basis
