"""The ratings: read, put in order of time, and split for each member."""

import numpy as np
import pandas as pd

from solution.config import config, raw


def load(sample=False, seed=0):
    """Every rating in each member's order of time, with ``part``; a sample keeps 300 members."""
    table = clean(pd.read_parquet(raw("ratings")))
    table["part"] = parts(table)
    if not sample:
        return table
    members = np.random.default_rng(seed).permutation(table["user_id"].unique())[:300]
    return table[table["user_id"].isin(members)].reset_index(drop=True)


def clean(table):
    """By member and time; the film's number decides within one second, so that runs are alike."""
    order = ["user_id", "timestamp", "item_id"]
    return table.sort_values(order, kind="stable").reset_index(drop=True)


def parts(table):
    """``train``, ``validation`` or ``test`` by the place of a rating among its member's own."""
    place = table.groupby("user_id").cumcount()
    count = table.groupby("user_id")["item_id"].transform("size")
    test = (1 - config()["split"]["test"]) * count
    validation = (1 - config()["split"]["validation"]) * test
    when = [place < validation.round(), place < test.round()]
    return np.select(when, ["train", "validation"], "test")


def grid(table, members, films):
    """1 where the member rated the film; shape (members, films)."""
    seen = np.zeros((len(members), len(films)), np.float32)
    seen[np.searchsorted(members, table["user_id"]), np.searchsorted(films, table["item_id"])] = 1
    return seen
