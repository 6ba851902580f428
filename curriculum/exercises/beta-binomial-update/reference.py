import numpy as np
from scipy import stats


def update(successes, trials, a=1.0, b=1.0, level=0.95):
    successes, failures = np.asarray(successes, float), np.subtract(trials, successes, dtype=float)
    if (successes < 0).any() or (failures < 0).any():
        message = "successes must lie between 0 and the number of trials"
        raise ValueError(message)
    posterior = stats.beta(a + successes, b + failures)
    tail = (1 - level) / 2
    return posterior.mean(), posterior.ppf(tail), posterior.ppf(1 - tail)
