# category: nan
import pandas as pd


def add_past(sales, lead, window):
    first, last = sales["day"].min(), sales["day"].max()
    wide = sales.pivot(index="day", columns="shop", values="sold").reindex(range(first, last + 1))
    past = wide.shift(lead)
    mean = past.rolling(window).mean()
    row, column = sales["day"] - first, wide.columns.get_indexer(sales["shop"])
    return sales.assign(lag=past.to_numpy(float)[row, column], mean=mean.to_numpy(float)[row, column])
