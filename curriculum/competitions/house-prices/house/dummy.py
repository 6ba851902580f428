"""The geometric mean of the prices, for every house."""

import numpy as np


def fit_predict(train, test):
    """On a log scale the mean of the logarithms errs least."""
    made = test[["id"]].copy()
    made["price"] = np.exp(np.log(train["price"]).mean())
    return made
