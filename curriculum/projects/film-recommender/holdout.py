"""Which ratings Journeyman keeps back: the last fifth of each member's."""

AFTERWARDS = ("rating", "timestamp")
"""Not known when a prediction is needed: the rows kept back come without these columns."""


def held(tables):
    """A mask over the table ``ratings``, True for the rows of the final evaluation."""
    ratings = tables["ratings"]
    order = ratings.sort_values(["user_id", "timestamp", "item_id"], kind="stable")
    place = order.groupby("user_id").cumcount()
    count = order.groupby("user_id")["item_id"].transform("size")
    return (place >= (0.8 * count).round()).loc[ratings.index].to_numpy()
