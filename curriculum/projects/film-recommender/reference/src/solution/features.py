"""From ratings to what the models see: who saw what, and how long ago in the member's own order."""

import numpy as np

from solution.data import grid


def recent(table, members, films, last=30.0, least=0.3):
    """Like ``grid``, with more weight on what a member rated last; shape (members, films).

    The n-th rating from the end weighs ``least + (1 - least) * exp(-n / last)``. Only the
    member's own order counts, which is known when the page is made.
    """
    back = table.groupby("user_id").cumcount(ascending=False).to_numpy()
    made = np.zeros((len(members), len(films)), np.float32)
    rows = np.searchsorted(members, table["user_id"])
    made[rows, np.searchsorted(films, table["item_id"])] = least + (1 - least) * np.exp(
        -back / last
    )
    return made


def popularity(table, members, films):
    """How many members rated each film, the same for everybody; shape (members, films)."""
    counts = grid(table, members, films).sum(axis=0)
    return np.broadcast_to(counts, (len(members), len(films)))
