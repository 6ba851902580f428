"""Splits the payments by time: the first 70 % of the seconds, and the rest."""

import numpy as np


def prepare(tables):
    """Of the later payments 35 % are public, drawn with a fixed seed among frauds and others."""
    table = tables["payments"].rename(columns={"class": "fraud"})
    table.insert(0, "id", table.index + 1)
    later = table["time"] > 0.7 * table["time"].max()
    test = table[later]
    solution = test[["id", "fraud"]].copy()
    public = np.zeros(len(test), bool)
    rng = np.random.default_rng(2013)
    for value in (0, 1):  # both parts get their share of the few frauds
        rows = np.flatnonzero(solution["fraud"] == value)
        public[rng.choice(rows, round(0.35 * len(rows)), replace=False)] = True
    solution["usage"] = np.where(public, "public", "private")
    return {
        "train": table[~later].reset_index(drop=True),
        "test": test.drop(columns="fraud").reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
