"""The reviews: read, freed of what a text by mail does not bring, and split by article."""

import hashlib

import numpy as np
import pandas as pd

from solution.config import config, raw

ABSENT = [
    "recommended_ind",  # ticked together with the stars
    "positive_feedback_count",  # collected for months after the review appeared
]
"""Columns that a text by mail does not come with; they are dropped on reading."""


def load(sample=False, seed=0):
    """Every review with ``id`` (its row in the raw table) and ``part``; repeats go.

    A sample keeps a seventh of the rows of each part.
    """
    table = clean(pd.read_parquet(raw("reviews")))
    table = table.drop_duplicates([name for name in table if name != "id"])
    table["part"] = parts(table["clothing_id"])
    return table.groupby("part").sample(frac=0.15, random_state=seed) if sample else table


def clean(table):
    """The raw table in its order, with gaps in the words as empty texts."""
    table = table.drop(columns=ABSENT, errors="ignore").reset_index(drop=True)
    words = ["title", "review_text"]
    table[words] = table[words].fillna("")
    if "id" not in table:
        table.insert(0, "id", table.index)
    return table


def parts(articles):
    """``train``, ``validation`` or ``test`` by the article's number alone.

    A hash decides, so that an article stays where it is when rows are added. Where Journeyman
    keeps the last part back, there are no rows of ``test``.
    """
    share = articles.map({one: _share(one) for one in pd.unique(articles)})
    test, validation = config()["split"]["test"], config()["split"]["validation"]
    return np.select([share < test, share < test + validation], ["test", "validation"], "train")


def _share(article):
    """A number in [0, 1) that depends on the article's number alone."""
    return int(hashlib.sha256(f"article {article}".encode()).hexdigest()[:8], 16) / 16**8
