"""Sort pictures: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form."""

import pandas as pd

from solution.config import arguments, saved
from solution.data import GARMENTS, clean, pixels
from solution.features import features


def predictions(table, chance, baseline=None):
    """``id``, ``prediction`` (a class), a chance for each class; label and part where known."""
    found = table[["id"]].copy()
    if "label" in table:
        found["label"] = table["label"]
        found["garment"] = [GARMENTS[one] for one in table["label"]]
    found["prediction"] = chance.argmax(axis=1)
    for place in range(chance.shape[1]):
        found[f"probability_{place}"] = chance[:, place]
    if baseline is not None:
        found["baseline"] = baseline
    return found.join(table[[name for name in ("part",) if name in table]])


def main():
    """Read raw pictures, write classes, chances and questions in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of pictures in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    table = clean(pd.read_parquet(given.rows))
    edges = pd.DataFrame(features(pixels(table)))
    edges.columns = edges.columns.astype(str)
    chance = last["model"].predict_proba(edges)
    found = predictions(table, chance)
    found["ask"] = chance.max(axis=1) < last["threshold"]
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} pictures are sorted in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
