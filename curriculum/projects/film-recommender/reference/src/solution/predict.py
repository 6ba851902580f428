"""Score pairs: ``python -m solution.predict --rows FILE [--out DIR]``, with user_id and item_id."""

import numpy as np
import pandas as pd

from solution.config import arguments, saved
from solution.data import grid

KEPT = 50


def predictions(known, wanted, members, films, score, baseline):
    """A row for each pair of a member and a film not rated in ``known`` that can matter.

    These are the first 50 of the model, the first 50 of the baseline, and all that were seen
    later: more would change no list and no score, and there are 1.5 million pairs. ``group`` is
    the member, ``label`` is 1 for films of ``wanted``.
    """
    seen, later = grid(known, members, films), grid(wanted, members, films)
    kept = later > 0
    for one in (score, baseline):
        open_ = np.where(seen > 0, -np.inf, one)
        first = np.argpartition(-open_, KEPT, axis=1)[:, :KEPT]
        np.put_along_axis(kept, first, values=True, axis=1)
    rows, columns = np.nonzero(kept & (seen == 0))
    ratings = known.groupby("user_id").size().reindex(members, fill_value=0).to_numpy()
    size = pd.cut(ratings, [-1, 30, 100, 10_000], labels=["to 30", "31 to 100", "more"])
    return pd.DataFrame(
        {
            "id": members[rows].astype(int) * 10_000 + films[columns],
            "label": later[rows, columns].astype(int),
            "prediction": score[rows, columns],
            "baseline": baseline[rows, columns].astype(float),
            "group": members[rows],
            "ratings_of_member": np.asarray(size.astype(str))[rows],
        }
    )


def top(model, member, count=10):
    """The films for one member's page, best first; films that the member rated are left out."""
    row = model["recent"][np.searchsorted(model["members"], member)]
    score = np.where(row > 0, -np.inf, row @ model["weights"])
    return model["films"][np.argsort(-score)[:count]]


def main():
    """Read pairs of members and films, write a score for each in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file with user_id and item_id"})
    given = arguments(__doc__, rows)
    model = saved(given)
    pairs = pd.read_parquet(given.rows)
    score = model["recent"] @ model["weights"]
    found = pd.DataFrame({"id": np.arange(len(pairs)), "group": pairs["user_id"]})
    member = np.searchsorted(model["members"], pairs["user_id"]).clip(max=len(model["members"]) - 1)
    film = np.searchsorted(model["films"], pairs["item_id"]).clip(max=len(model["films"]) - 1)
    strange = (model["members"][member] != pairs["user_id"]) | (
        model["films"][film] != pairs["item_id"]
    )
    found["prediction"] = np.where(strange, float(np.min(score)), score[member, film])
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} pairs are scored in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
