"""Score bookings: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form."""

import pandas as pd

from solution.config import arguments, saved
from solution.data import clean
from solution.features import features

SLICES = ["hotel", "market_segment", "deposit_type"]


def predictions(model, table):
    """``id``, ``score`` and columns to slice by, with ``label`` and ``part`` where they are known.

    ``group`` is the day of arrival: rooms that arrive together are cancelled together.
    """
    found = table[["id"]].copy()
    if "is_canceled" in table:
        found["label"] = table["is_canceled"]
    found["score"] = model.predict_proba(features(table))[:, 1]
    found["group"] = table["arrival"].dt.strftime("%Y-%m-%d")
    kept = [name for name in ("part", *SLICES) if name in table]
    return found.join(table[kept])


def main():
    """Read raw bookings, write chances and marks in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of bookings in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    found = predictions(last["model"], clean(pd.read_parquet(given.rows)))
    found["doubtful"] = found["score"] >= last["threshold"]
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} bookings are scored in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
