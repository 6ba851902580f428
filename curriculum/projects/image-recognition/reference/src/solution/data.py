"""The pictures: read, numbered, and split."""

import numpy as np
import pandas as pd

from solution.config import config, raw

SIDE = 28
GARMENTS = [
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "trainer", "bag", "boot",
]  # fmt: skip


def load(sample=False, seed=0):
    """Every picture with ``id`` (its row in the raw table) and ``part``; a sample keeps a tenth."""
    table = clean(pd.read_parquet(raw("images")))
    table["part"] = parts(table["split"], table["label"], seed)
    return table.groupby("part").sample(frac=0.1, random_state=seed) if sample else table


def clean(table):
    """The raw table in its order; there is nothing to mend in it."""
    table = table.reset_index(drop=True)
    if "id" not in table:
        table.insert(0, "id", table.index)
    return table


def parts(split, label, seed):
    """``train``, ``validation`` or ``test``; the validation part has as many of each garment.

    Where Journeyman keeps the authors' test pictures back, there are no rows of ``test``.
    """
    found = np.where(split == "test", "test", "train").astype(object)
    rng = np.random.default_rng(seed)
    each = config()["split"]["validation"] // 10
    for garment in range(10):
        rows = np.flatnonzero((split == "train") & (label == garment))
        found[rng.choice(rows, min(each, len(rows) // 5), replace=False)] = "validation"
    return found


def pixels(table):
    """Grey levels from 0 to 1; shape (pictures, 28, 28)."""
    flat = np.frombuffer(b"".join(bytes(one) for one in table["pixels"]), np.uint8)
    return flat.reshape(-1, SIDE, SIDE).astype(np.float32) / 255


def twins(table):
    """How many pictures equal an earlier one dot for dot, and how many lie in two parts."""
    same = pd.DataFrame(
        {"dots": [bytes(one) for one in table["pixels"]], "part": list(table["part"])}
    )
    seen = same.groupby("dots")["part"].agg(["size", "nunique"])
    return {"equal_an_earlier_one": int((seen["size"] - 1).sum()),
            "across_parts": int((seen["nunique"] > 1).sum())}  # fmt: skip
