import pandas as pd


def add_past(sales, lead, window):
    """A copy of sales with the columns lag and mean, made from days up to t - lead of the same shop."""
