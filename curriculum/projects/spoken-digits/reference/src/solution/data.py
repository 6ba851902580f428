"""The recordings: read, numbered, and split by voice."""

import numpy as np
import pandas as pd

from solution.config import config, raw

RATE = 8000
"""Samples a second."""


def load(sample=False, seed=0):
    """Every recording with ``id`` (its row in the raw table) and ``part``.

    A sample keeps ten recordings of each digit and voice.
    """
    table = clean(pd.read_parquet(raw("recordings")))
    table["part"] = parts(table["speaker"])
    if not sample:
        return table
    return table.groupby(["speaker", "digit"]).sample(10, random_state=seed)


def clean(table):
    """The raw table in its order; there is nothing to mend in it."""
    table = table.reset_index(drop=True)
    if "id" not in table:
        table.insert(0, "id", table.index)
    return table


def parts(speaker):
    """``test`` for the two strangers, ``validation`` for the four voices that are left out in turn.

    Where Journeyman keeps the strangers back, there are no rows of ``test``.
    """
    return np.where(speaker.isin(config()["split"]["test"]), "test", "validation")


def sound(samples):
    """Samples of 16 bits as numbers from -1 to 1."""
    return np.frombuffer(samples, "<i2").astype(np.float32) / 32768
