import numpy as np


def permutation_test(a, b, permutations):
    n, pooled = len(a), np.concatenate([a, b]).astype(float)
    if n in (0, len(pooled)) or np.isnan(pooled).any():
        message = "both groups need values, and no value may be missing"
        raise ValueError(message)

    def difference(values):
        return values[:n].mean() - values[n:].mean()

    observed = difference(pooled)
    as_large = sum(abs(difference(pooled[order])) >= abs(observed) for order in permutations)
    return observed, (1 + as_large) / (1 + len(permutations))
