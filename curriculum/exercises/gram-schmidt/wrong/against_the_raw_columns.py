# category: value
import numpy as np


def gram_schmidt(a):
    a = np.asarray(a, float)
    units, found = [], []
    for column in a.T:
        rest = column.copy()
        for unit in units:
            rest -= (unit @ column) * unit
        if np.linalg.norm(rest) > 1e-10 * np.linalg.norm(column):
            units.append(column / np.linalg.norm(column))
            found.append(rest / np.linalg.norm(rest))
    return np.column_stack(found) if found else np.empty((len(a), 0))
