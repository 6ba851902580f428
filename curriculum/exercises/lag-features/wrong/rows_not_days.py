# category: value
import pandas as pd


def add_past(sales, lead, window):
    ordered = sales.sort_values(["shop", "day"])
    past = ordered.groupby("shop")["sold"].shift(lead)
    mean = past.groupby(ordered["shop"]).transform(lambda s: s.rolling(window, min_periods=1).mean())
    return sales.assign(lag=past.astype(float), mean=mean.astype(float))
