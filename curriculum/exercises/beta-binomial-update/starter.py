import numpy as np
from scipy import stats


def update(successes, trials, a=1.0, b=1.0, level=0.95):
    """Posterior mean and the ends of the equal-tailed credible interval."""
