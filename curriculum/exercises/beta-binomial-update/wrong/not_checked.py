# category: raises
from scipy import stats


def update(successes, trials, a=1.0, b=1.0, level=0.95):
    posterior = stats.beta(a + successes, b + trials - successes)
    tail = (1 - level) / 2
    return posterior.mean(), posterior.ppf(tail), posterior.ppf(1 - tail)
