# category: raises
import numpy as np


def folds(order, k):
    pieces = np.array_split(np.asarray(order), k)
    return [
        (np.concatenate([p for j, p in enumerate(pieces) if j != i] or [pieces[i][:0]]), pieces[i])
        for i in range(k)
    ]
