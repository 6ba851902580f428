import pandas as pd


def checked_join(left, right, on):
    """Left join on the columns in on; also the numbers of unmatched rows on both sides."""
