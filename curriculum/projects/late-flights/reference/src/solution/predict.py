"""Score flights: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form.

Aeroplanes and weather are looked up in the raw tables of the data folder.
"""

import pandas as pd

from solution.config import arguments, saved
from solution.data import clean
from solution.features import features


def predictions(model, table):
    """``id``, ``score`` and columns to slice by, with ``label`` and ``part`` where known.

    ``group`` is the day: flights of a stormy day are late together.
    """
    found = table[["id"]].copy()
    if "late" in table:
        found["label"] = table["late"]
    found["score"] = model.predict_proba(features(table))[:, 1]
    found["group"] = table["month"] * 100 + table["day"]
    kept = [name for name in ("part", "carrier", "origin", "month") if name in table]
    return found.join(table[kept])


def main():
    """Read raw flights, write chances and warnings in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of flights in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    found = predictions(last["model"], clean(pd.read_parquet(given.rows)))
    found["warn"] = found["score"] >= last["threshold"]
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} flights are scored in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
