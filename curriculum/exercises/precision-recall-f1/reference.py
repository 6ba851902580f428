import numpy as np


def scores(actual, flagged):
    actual, flagged = np.asarray(actual) == 1, np.asarray(flagged) == 1
    hits = np.sum(actual & flagged)
    return (
        share(hits, np.sum(flagged)),
        share(hits, np.sum(actual)),
        share(2 * hits, np.sum(flagged) + np.sum(actual)),
    )


def share(part, whole):
    return float(part / whole) if whole else 0.0
