"""Score texts: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form."""

import numpy as np
import pandas as pd

from solution.config import arguments, saved
from solution.data import clean
from solution.features import features

STARS = np.arange(1, 6)
AGES = [0, 34, 50, 200]


def stars(expected, points):
    """Whole stars from expected stars: one more than the cut-offs that lie below."""
    return 1 + np.searchsorted(points, expected)


def predictions(model, points, table):
    """``id``, ``prediction`` (stars), a chance for each star, ``expected``, and slices.

    ``baseline`` is the most probable class; ``group`` is the article.
    """
    found = table[["id"]].copy()
    if "rating" in table:
        found["label"] = table["rating"]
    chance = model.predict_proba(features(table))
    found["prediction"] = stars(chance @ STARS, points)
    for place, name in enumerate(STARS):
        found[f"probability_{name}"] = chance[:, place]
    found["expected"] = chance @ STARS
    found["baseline"] = STARS[chance.argmax(axis=1)]
    found["group"] = table["clothing_id"]
    found["age"] = pd.cut(table["age"], AGES, labels=["under 35", "35 to 50", "over 50"]).astype(
        str
    )
    found["words"] = np.where(table["review_text"] == "", "none", "some")
    return found.join(table[[name for name in ("part",) if name in table]])


def main():
    """Read raw texts, write stars and chances in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of reviews in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    found = predictions(last["model"], last["cutoffs"], clean(pd.read_parquet(given.rows)))
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} texts are scored in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
