"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import pandas as pd

from journeyman.house import run


def fit_predict(train, test):
    """Equal people stay together; the survey weight is left out."""
    names = [name for name in train.columns if name not in ("id", "fnlwgt", "income")]
    equal = train.groupby(names, sort=False, dropna=False).ngroup()
    house = run(
        train[names], train["income"], task="binary", metric="auc", seconds=60, cores=2,
        groups=equal,
    )  # fmt: skip
    return pd.DataFrame({"id": test["id"], "income": house.predict_proba(test[names])[:, 1]})
