"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import pandas as pd

from journeyman.house import run

NAMES = [*(f"v{number}" for number in range(1, 29)), "amount"]


def fit_predict(train, test):
    """Later payments validate what earlier ones taught; copies are taken out."""
    train = train.drop_duplicates([*NAMES, "time"])
    house = run(
        train[NAMES], train["fraud"], task="binary", metric="average_precision", seconds=60,
        cores=2, times=train["time"],
    )  # fmt: skip
    return pd.DataFrame({"id": test["id"], "fraud": house.predict_proba(test[NAMES])[:, 1]})
