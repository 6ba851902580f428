"""Which ratings Journeyman keeps back, the last fifth of each member's, and what is asked then."""

import numpy as np
import pandas as pd

AFTERWARDS = ("rating", "timestamp")
"""Not known when a prediction is needed."""
GROUP = "user_id"
"""One list a member."""


def held(tables):
    """A mask over the table ``ratings``, True for the rows of the final evaluation."""
    ratings = tables["ratings"]
    order = ratings.sort_values(["user_id", "timestamp", "item_id"], kind="stable")
    place = order.groupby("user_id").cumcount()
    count = order.groupby("user_id")["item_id"].transform("size")
    return (place >= (0.8 * count).round()).loc[ratings.index].to_numpy()


def asked(tables):
    """Every pair of a member and a film not rated in the ratings that the learner has.

    ``seen`` is 1 where it is among those kept back. All films are asked, not a sample: a sampled
    list flatters, and not every model alike. ``baseline`` is how many members rated the film.
    """
    ratings = tables["ratings"]
    later = held(tables)
    members, films = np.unique(ratings["user_id"]), np.unique(ratings["item_id"])
    rows = np.searchsorted(members, ratings["user_id"])
    columns = np.searchsorted(films, ratings["item_id"])
    known = np.zeros((len(members), len(films)), dtype=bool)
    known[rows[~later], columns[~later]] = True
    seen = np.zeros_like(known)
    seen[rows[later], columns[later]] = True
    member, film = np.nonzero(~known)
    return pd.DataFrame(
        {
            "user_id": members[member],
            "item_id": films[film],
            "seen": seen[member, film].astype(int),
            "baseline": known.sum(axis=0)[film],
        }
    )
