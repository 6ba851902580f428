"""A first submission: run it in the folder with train.parquet, or name that folder."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
train, test = (pd.read_parquet(folder / f"{name}.parquet") for name in ("train", "test"))


def popularity(known, films):
    """How many members rated each of ``films``."""
    return films.map(known["item_id"].value_counts()).fillna(0)


# Validate as the competition does: hide the last quarter of each member's known ratings.
known = train.sort_values(["user_id", "timestamp", "item_id"])
place = known.groupby("user_id").cumcount()
held = place >= (0.75 * known.groupby("user_id")["item_id"].transform("size")).round()
counts = known[~held]["item_id"].value_counts()
scores = []
for user, later in known[held].groupby("user_id"):
    seen = set(known[~held & (known["user_id"] == user)]["item_id"])
    top = [film for film in counts.index if film not in seen][:10]
    hits = np.isin(top, later["item_id"]) / np.log2(np.arange(2, 12))
    best = (1 / np.log2(np.arange(2, 2 + min(10, len(later))))).sum()
    scores.append(hits.sum() / best)
print(f"NDCG at 10 of the most popular films: {np.mean(scores):.4f}")

test["score"] = popularity(train, test["item_id"])
test[["id", "score"]].to_csv("submission.csv", index=False)
print("submission.csv is written.")
