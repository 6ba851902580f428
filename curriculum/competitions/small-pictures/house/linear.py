"""Softmax regression on the colours of the pixels."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression


def pictures(table):
    """Colours from 0 to 1; shape (pictures, 3072)."""
    values = np.frombuffer(b"".join(table["pixels"]), np.uint8).reshape(len(table), -1)
    return values.astype(np.float32) / 255


def fit_predict(train, test):
    """A line through pixels can learn "blue above, green below" and little more."""
    part = train.sample(10_000, random_state=0)
    model = LogisticRegression(C=0.002, max_iter=60).fit(pictures(part), part["label"])
    return pd.DataFrame({"id": test["id"], "label": model.predict(pictures(test))})
