"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import pandas as pd

from journeyman.house import run


def features(table):
    """A code of the building's kind is no quantity; one garage is from the year 2207."""
    made = table.drop(columns=["id", "pid", "price"], errors="ignore")
    made["ms_subclass"] = "kind " + made["ms_subclass"].astype(str)
    made["garage_yr_blt"] = made["garage_yr_blt"].clip(upper=2010)
    return made


def fit_predict(train, test):
    """Later sales validate what earlier ones taught."""
    house = run(
        features(train), train["price"], task="regression", metric="rmsle", seconds=60, cores=2,
        times=12 * train["yr_sold"] + train["mo_sold"],
    )  # fmt: skip
    return pd.DataFrame({"id": test["id"], "price": house.predict(features(test))})
