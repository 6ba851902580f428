"""Splits the people so that equal answers stay together."""

import hashlib

import numpy as np

NOT_ANSWERS = ["fnlwgt", "class"]


def _share(text):
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) / 16**12


def prepare(tables):
    """30 % of the groups of equal answers are the test; 30 % of those are public."""
    table = tables["people"].copy()
    answers = table.drop(columns=NOT_ANSWERS).astype(str).agg("|".join, axis=1)
    share = answers.map(_share)
    table["income"] = (table.pop("class") == ">50K").astype(int)
    table.insert(0, "id", np.random.default_rng(1994).permutation(len(table)) + 1)
    later = share < 0.3
    test = table[later].sort_values("id")
    solution = test[["id", "income"]].copy()
    public = answers[test.index].map(lambda text: _share("public " + text)) < 0.3
    solution["usage"] = np.where(public, "public", "private")
    return {
        "train": table[~later].sort_values("id").reset_index(drop=True),
        "test": test.drop(columns="income").reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
