"""Films like those that the member has rated: cosine neighbours."""

import numpy as np
import pandas as pd


def grid(train, test):
    """Members by films, 1 where a rating is known; and where the test rows stand in it."""
    users = np.sort(train["user_id"].unique())
    films = np.sort(np.union1d(train["item_id"], test["item_id"]))
    seen = np.zeros((len(users), len(films)))
    seen[
        np.searchsorted(users, train["user_id"]), np.searchsorted(films, train["item_id"])
    ] = 1
    return seen, (np.searchsorted(users, test["user_id"]), np.searchsorted(films, test["item_id"]))



def fit_predict(train, test):
    """Each film keeps its hundred nearest; popular films are held back a little."""
    seen, asked = grid(train, test)
    counts = seen.sum(axis=0)
    near = seen.T @ seen / (np.outer(counts, counts) ** 0.4 + 10)
    np.fill_diagonal(near, 0)
    least = np.partition(near, -100, axis=0)[-100]
    near[near < least] = 0
    return pd.DataFrame({"id": test["id"], "score": (seen @ near)[asked]})
