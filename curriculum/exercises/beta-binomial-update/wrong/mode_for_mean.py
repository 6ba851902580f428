# category: value
import numpy as np
from scipy import stats


def update(successes, trials, a=1.0, b=1.0, level=0.95):
    k, n = np.asarray(successes, float), np.asarray(trials, float)
    if (k < 0).any() or (k > n).any():
        raise ValueError("successes must lie between 0 and the number of trials")
    posterior = stats.beta(a + k, b + n - k)
    tail = (1 - level) / 2
    with np.errstate(all="ignore"):
        mode = (a + k - 1) / (a + b + n - 2)
    return mode, posterior.ppf(tail), posterior.ppf(1 - tail)
