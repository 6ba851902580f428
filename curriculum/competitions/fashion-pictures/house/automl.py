"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from journeyman.house import run


def pictures(table):
    """Grey values from 0 to 1; shape (pictures, 784)."""
    values = np.frombuffer(b"".join(table["pixels"]), np.uint8).reshape(len(table), -1)
    return values.astype(np.float32) / 255


def fit_predict(train, test):
    """Eighty components of every picture."""
    components = PCA(80, random_state=0).fit(pictures(train))

    def features(table):
        return pd.DataFrame(components.transform(pictures(table))).add_prefix("component")

    house = run(
        features(train), train["label"], task="multiclass", metric="accuracy", seconds=60, cores=2
    )
    return pd.DataFrame({"id": test["id"], "label": house.predict(features(test))})
