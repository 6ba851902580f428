"""Which pictures Journeyman keeps back: the authors' own test pictures."""


def held(tables):
    """A mask over the table ``images``, True for the rows of the final evaluation."""
    return (tables["images"]["split"] == "test").to_numpy()
