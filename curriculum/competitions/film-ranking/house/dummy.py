"""The same list for everybody, in an order drawn at random."""

import numpy as np


def fit_predict(train, test):
    """A lottery, with a fixed seed."""
    made = test[["id"]].copy()
    films = np.sort(test["item_id"].unique())
    order = np.random.default_rng(0).random(len(films))
    made["score"] = order[np.searchsorted(films, test["item_id"])]
    return made
