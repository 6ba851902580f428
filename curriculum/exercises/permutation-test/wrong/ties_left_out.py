# category: value
import numpy as np


def permutation_test(a, b, permutations):
    n, pooled = len(a), np.concatenate([a, b]).astype(float)
    if n in (0, len(pooled)) or np.isnan(pooled).any():
        raise ValueError("both groups need values, and no value may be missing")
    observed = pooled[:n].mean() - pooled[n:].mean()
    shuffled = pooled[np.asarray(permutations)]
    found = shuffled[:, :n].mean(axis=1) - shuffled[:, n:].mean(axis=1)
    return observed, (1 + (abs(found) > abs(observed)).sum()) / (1 + len(permutations))
