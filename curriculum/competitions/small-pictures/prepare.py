"""Splits the pictures as their authors did."""

import numpy as np


def prepare(tables):
    """Of the authors' test pictures 30 % are public, drawn with a fixed seed."""
    table = tables["images"].copy()
    table.insert(0, "id", table.index + 1)
    later = table["split"] == "test"
    table = table.drop(columns="split")
    test = table[later]
    solution = test[["id", "label"]].copy()
    public = np.random.default_rng(2009).random(len(test)) < 0.3
    solution["usage"] = np.where(public, "public", "private")
    return {
        "train": table[~later].reset_index(drop=True),
        "test": test.drop(columns="label").reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
