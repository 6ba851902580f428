"""The payments: read, numbered, and split by time."""

import numpy as np
import pandas as pd

from solution.config import config, raw


def load(sample=False, seed=0):
    """Every payment with ``id`` (its row in the raw table) and ``part``.

    A sample keeps a tenth of the honest payments and every fraud: with fewer there is nothing to
    measure. Its scores are therefore better than those of a whole run.
    """
    table = clean(pd.read_parquet(raw("payments")))
    table["part"] = parts(table["time"])
    if not sample:
        return table
    kept = table.groupby("part").sample(frac=0.1, random_state=seed).index
    return table[table.index.isin(kept) | (table["class"] == 1)]


def clean(table):
    """The raw table in its order; there is nothing to mend in it."""
    table = table.reset_index(drop=True)
    if "id" not in table:
        table.insert(0, "id", table.index)
    return table


def parts(time):
    """``train``, ``validation`` or ``test`` by the seconds since the first payment.

    Where Journeyman keeps the last evening back, there are no rows of ``test``.
    """
    split = config()["split"]
    when = [time <= split["validation_from"], time <= split["test_from"]]
    return np.select(when, ["train", "validation"], "test")


def once(table):
    """Rows to learn from: repeats would count double. Rows to be scored keep theirs."""
    return table.drop_duplicates([name for name in table if name not in ("id", "part")])
