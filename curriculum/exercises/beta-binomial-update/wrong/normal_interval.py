# category: value
import numpy as np
from scipy import stats


def update(successes, trials, a=1.0, b=1.0, level=0.95):
    k, n = np.asarray(successes, float), np.asarray(trials, float)
    if (k < 0).any() or (k > n).any():
        raise ValueError("successes must lie between 0 and the number of trials")
    p, q = a + k, b + n - k
    mean = p / (p + q)
    reach = stats.norm.ppf((1 + level) / 2) * np.sqrt(mean * (1 - mean) / (p + q + 1))
    return mean, mean - reach, mean + reach
