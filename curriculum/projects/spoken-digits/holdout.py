"""Which recordings Journeyman keeps back: two voices."""


def held(tables):
    """A mask over the table ``recordings``, True for the rows of the final evaluation."""
    return tables["recordings"]["speaker"].isin(["lucas", "yweweler"]).to_numpy()
