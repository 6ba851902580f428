"""The same with the kind of goods."""

import pandas as pd
from sklearn.linear_model import LogisticRegression


def features(table):
    return table[["price", "earlier"]].assign(shoes=(table["kind"] == "shoes").astype(int))


def fit_predict(train, test):
    model = LogisticRegression().fit(features(train), train["returned"])
    return pd.DataFrame(
        {"order": test["order"], "returned": model.predict_proba(features(test))[:, 1]}
    )
