"""Softmax regression on the grey values."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression


def pictures(table):
    """Grey values from 0 to 1; shape (pictures, 784)."""
    values = np.frombuffer(b"".join(table["pixels"]), np.uint8).reshape(len(table), -1)
    return values.astype(np.float32) / 255


def fit_predict(train, test):
    """A third of the pictures is enough for a straight line."""
    part = train.sample(20_000, random_state=0)
    model = LogisticRegression(C=0.05, max_iter=100).fit(pictures(part), part["label"])
    return pd.DataFrame({"id": test["id"], "label": model.predict(pictures(test))})
