"""Takes the last fifth of each member's ratings as the test."""

import hashlib

import numpy as np
import pandas as pd


def _share(number):
    """A number in [0, 1) that depends on the member alone."""
    return int(hashlib.sha256(f"member {number}".encode()).hexdigest()[:12], 16) / 16**12


def prepare(tables):
    """Candidates are all films that the member has not rated in training.

    Ties in time are broken by the number of the film. A row of the test is a pair of member and
    film; ``seen`` is 1 if the member rated it later. Titles and genres stand in the training table.
    """
    ratings = tables["ratings"].sort_values(["user_id", "timestamp", "item_id"], kind="stable")
    place = ratings.groupby("user_id").cumcount()
    count = ratings.groupby("user_id")["item_id"].transform("size")
    later = place >= (0.8 * count).round()
    train = ratings[~later].merge(tables["films"], on="item_id", how="left")
    train["seen"] = 1
    items = np.sort(tables["films"]["item_id"].to_numpy())
    users = np.sort(ratings["user_id"].unique())
    grid = np.zeros((len(users), len(items)), np.int8)
    row = np.searchsorted(users, ratings["user_id"])
    column = np.searchsorted(items, ratings["item_id"])
    grid[row[~later], column[~later]] = -1
    grid[row[later], column[later]] = 1
    rows, columns = np.nonzero(grid >= 0)
    test = pd.DataFrame({"user_id": users[rows], "item_id": items[columns]})
    test.insert(0, "id", test["user_id"] * 10_000 + test["item_id"])
    solution = test[["id"]].copy()
    solution["seen"] = grid[rows, columns].astype(int)
    public = {number: _share(number) < 0.3 for number in users}
    solution["usage"] = np.where(test["user_id"].map(public), "public", "private")
    solution["group"] = test["user_id"]
    return {"train": train.reset_index(drop=True), "test": test, "solution": solution}
