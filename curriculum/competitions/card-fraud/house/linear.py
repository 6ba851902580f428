"""Logistic regression on scaled components, copies taken out of training."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NAMES = [*(f"v{number}" for number in range(1, 29)), "amount"]


def features(table):
    """Amounts on a log scale; time is left out, it only counts up."""
    made = table[NAMES].copy()
    made["amount"] = np.log1p(made["amount"])
    return made


def fit_predict(train, test):
    """No balancing: it would change the probabilities, and the order hardly."""
    train = train.drop_duplicates([*NAMES, "time"])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=300))
    model.fit(features(train), train["fraud"])
    return pd.DataFrame({"id": test["id"], "fraud": model.predict_proba(features(test))[:, 1]})
