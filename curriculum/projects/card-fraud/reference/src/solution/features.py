"""What the model sees: the 28 components, the amount on a logarithmic scale, the hour."""

import numpy as np

COMPONENTS = [f"v{number}" for number in range(1, 29)]


def features(table):
    """One row a payment, from that payment alone.

    The seconds since the first payment are left out: tomorrow they mean nothing. Of the time only
    the hour of the day is kept.
    """
    made = table[COMPONENTS].copy()
    made["log_amount"] = np.log1p(table["amount"])
    made["hour"] = table["time"] / 3600 % 24
    return made
