"""Score payments: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form."""

import pandas as pd

from solution.config import arguments, saved
from solution.data import clean
from solution.features import features


def predictions(model, table):
    """``id``, ``score`` and columns to slice by, with ``label`` and ``part`` where known."""
    found = table[["id"]].copy()
    if "class" in table:
        found["label"] = table["class"]
    found["score"] = model.predict_proba(features(table))[:, 1]
    found["amount"] = pd.cut(
        table["amount"], [-1, 10, 100, 1e9], labels=["to 10", "to 100", "more"]
    )
    found["amount"] = found["amount"].astype(str)
    return found.join(table[[name for name in ("part",) if name in table]])


def main():
    """Read raw payments, write chances and marks in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of payments in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    found = predictions(last["model"], clean(pd.read_parquet(given.rows)))
    found["call"] = found["score"] >= last["threshold"]
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} payments are scored in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
