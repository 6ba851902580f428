"""Draws the orders: everything is made here, from one seed."""

import numpy as np
import pandas as pd


def prepare(tables):
    rng = np.random.default_rng(7)
    rows = 1500
    price, earlier = rng.gamma(2, 30, rows).round(2), rng.poisson(1.0, rows)
    kind = rng.choice(["shoes", "books", "lamps"], rows)
    logit = 0.03 * (price - 60) + 0.9 * earlier - 1.6 + 1.2 * (kind == "shoes")
    returned = (rng.random(rows) < 1 / (1 + np.exp(-logit))).astype(int)
    table = pd.DataFrame(
        {
            "order": np.arange(1000, 1000 + rows),
            "day": np.arange(rows) // 10,
            "price": price,
            "earlier": earlier,
            "kind": kind,
            "refund": returned * price,
            "returned": returned,
        }
    )
    train, test = table[table["day"] < 100], table[table["day"] >= 100]
    return {
        "train": train.reset_index(drop=True),
        "test": test.drop(columns="returned").reset_index(drop=True),
        "solution": test[["order", "returned"]].sample(frac=1, random_state=1),
    }
