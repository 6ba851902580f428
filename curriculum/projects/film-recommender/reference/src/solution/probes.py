"""What other splits would say: ``python -m solution.probes``. Never used to choose."""

import numpy as np

from solution.config import arguments, write
from solution.data import grid, load
from solution.evaluate import mean_ndcg
from solution.features import recent
from solution.train import linear


def both(known, later, members, films):
    """NDCG at 10 of the linear model and of the films most rated in the last 30 days known.

    Only members with ratings on both sides count: for a newcomer the linear model knows nothing.
    """
    seen, wanted = grid(known, members, films), grid(later, members, films)
    rows = (wanted.sum(axis=1) > 0) & (seen.sum(axis=1) > 0)
    model = recent(known, members, films) @ linear(seen, 600.0)
    lately = known[known["timestamp"] > known["timestamp"].max() - 30 * 86_400]
    fashion = np.broadcast_to(grid(lately, members, films).sum(axis=0), seen.shape)
    return [
        round(mean_ndcg(one[rows], seen[rows], wanted[rows]), 4) for one in (model, fashion)
    ], int(rows.sum())


def main():
    """Measure a random fifth and a split at one moment; write them beside the run's results."""
    given = arguments(__doc__)
    table = load()
    members, films = np.unique(table["user_id"]), np.unique(table["item_id"])
    random = np.random.default_rng(given.seed).random(len(table)) < 0.2
    moment = table["timestamp"].quantile(0.8)
    later = table["timestamp"] > moment
    guess, _ = both(table[~random], table[random], members, films)
    once, count = both(table[~later], table[later], members, films)
    found = {
        "ndcg@10_random_fifth": guess[0],
        "ndcg@10_one_moment": once[0],
        "ndcg@10_one_moment_recent_popularity": once[1],
        "members_one_moment": count,
    }
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
