"""Splits the sales by year: 2006 to 2008, and 2009 to 2010."""

import numpy as np


def prepare(tables):
    """Train to 2008; of the later sales 30 % are public, drawn with a fixed seed."""
    table = tables["sales"].sort_values(["yr_sold", "mo_sold", "pid"], kind="stable")
    table = table.drop(columns=["order"]).reset_index(drop=True)
    table.insert(0, "id", table.index + 1)
    later = table["yr_sold"] >= 2009
    test = table[later]
    solution = test[["id", "price"]].copy()
    public = np.random.default_rng(2009).random(len(test)) < 0.3
    solution["usage"] = np.where(public, "public", "private")
    return {
        "train": table[~later].reset_index(drop=True),
        "test": test.drop(columns="price").reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
