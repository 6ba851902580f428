"""Which flights Journeyman keeps back: those from October on; and what “late” is."""

AFTERWARDS = ("dep_time", "dep_delay", "arr_time", "arr_delay", "air_time")
"""Not known when a prediction is needed: the rows kept back come without these columns."""


def target(tables):
    """1 for an arrival more than 15 minutes late, a gap for flights that never arrived."""
    delay = tables["flights"]["arr_delay"]
    return (delay > 15).astype(float).where(delay.notna())


def held(tables):
    """A mask over the table ``flights``, True for the rows of the final evaluation."""
    flights = tables["flights"]
    return ((flights["month"] >= 10) & flights["arr_delay"].notna()).to_numpy()
