"""Gradient boosting, held back where frauds are few."""

import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

NAMES = [*(f"v{number}" for number in range(1, 29)), "amount"]


def fit_predict(train, test):
    """With the default settings it follows single frauds; fewer leaves keep it calm."""
    train = train.drop_duplicates([*NAMES, "time"])
    model = HistGradientBoostingClassifier(
        max_iter=100, max_leaf_nodes=7, learning_rate=0.05, l2_regularization=10.0, random_state=0
    )
    model.fit(train[NAMES], train["fraud"])
    return pd.DataFrame({"id": test["id"], "fraud": model.predict_proba(test[NAMES])[:, 1]})
