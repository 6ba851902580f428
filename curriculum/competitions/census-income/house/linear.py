"""Logistic regression with ages in steps."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    OneHotEncoder,
    StandardScaler,
)

MONEY = ["capital_gain", "capital_loss"]
TEXTS = [
    "workclass", "education", "marital_status", "occupation", "relationship", "race", "sex",
    "native_country",
]  # fmt: skip


def fit_predict(train, test):
    """Income does not rise in a straight line with age; money goes on a log scale."""
    money = make_pipeline(FunctionTransformer(np.log1p), StandardScaler())
    columns = make_column_transformer(
        (KBinsDiscretizer(10, quantile_method="averaged_inverted_cdf"), ["age"]),
        (StandardScaler(), ["hours_per_week"]),
        (money, MONEY),
        (OneHotEncoder(min_frequency=20, handle_unknown="infrequent_if_exist"), TEXTS),
    )
    model = make_pipeline(columns, LogisticRegression(max_iter=500))
    model.fit(train, train["income"])
    return pd.DataFrame({"id": test["id"], "income": model.predict_proba(test)[:, 1]})
