"""Splits the mails by batch: the first collection for training, the second for the test."""

import numpy as np

FIRST = ["easy-ham-1", "hard-ham-1", "spam-1"]


def prepare(tables):
    """Ids are drawn at random: file names would tell the folder, and the folder is the label."""
    table = tables["mails"].sort_values(["batch", "file"]).reset_index(drop=True)
    table["spam"] = table["batch"].str.startswith("spam").astype(int)
    rng = np.random.default_rng(2003)
    table.insert(0, "id", rng.permutation(len(table)) + 1)
    first = table["batch"].isin(FIRST)
    table = table.drop(columns=["batch", "file"])
    test = table[~first].sort_values("id")
    solution = test[["id", "spam"]].copy()
    solution["usage"] = np.where(rng.random(len(test)) < 0.3, "public", "private")
    return {
        "train": table[first].sort_values("id").reset_index(drop=True),
        "test": test.drop(columns="spam").reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
