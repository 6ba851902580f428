"""The mean rank of a linear model and two differently grown boostings."""

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

LEFT_OUT = [
    "id", "year", "month", "day", "late", "cancelled", "dep_delay", "tailnum", "time_hour",
    "flight",
]  # fmt: skip


def features(table):
    """How many flights leave in the same hour, the rain of the day, and the weekday."""
    made = table.drop(columns=[name for name in LEFT_OUT if name in table])
    made["weekday"] = table["time_hour"].dt.dayofweek
    made["same_hour"] = table.groupby(["origin", "time_hour"])["id"].transform("size")
    rain = table.groupby(["origin", table["time_hour"].dt.date])["weather_precip"]
    made["rain_of_day"] = rain.transform("mean")
    return made


def fit_predict(train, test):
    """The linear model counts once, the two boostings together three times."""
    flown = train[train["cancelled"] == 0].reset_index(drop=True)
    table, asked, target = features(flown), features(test), flown["late"]
    texts = [name for name in table if table[name].dtype.kind not in "iuf"]
    numbers = [name for name in table if name not in [*texts, "hour"]]
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1
    )
    coded = make_column_transformer((codes, texts), remainder="passthrough")
    one_hot = OneHotEncoder(min_frequency=100, handle_unknown="infrequent_if_exist")
    scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    wide = make_column_transformer((scaled, numbers), (one_hot, [*texts, "hour", "weekday"]))
    part = table.sample(80_000, random_state=0).index
    total = np.zeros(len(test))
    for weight, model, rows in (
        (1.0, make_pipeline(wide, LogisticRegression(max_iter=100)), part),
        (1.5, make_pipeline(coded, HistGradientBoostingClassifier(
            learning_rate=0.05, max_iter=150, min_samples_leaf=200, max_features=0.4,
            random_state=1)), table.index),
        (1.5, make_pipeline(coded, HistGradientBoostingClassifier(
            learning_rate=0.03, max_iter=250, max_leaf_nodes=15, max_features=0.4,
            random_state=2)), table.index),
    ):  # fmt: skip
        model.fit(table.loc[rows], target[rows])
        total += weight * rankdata(model.predict_proba(asked)[:, 1]) / len(test)
    return pd.DataFrame({"id": test["id"], "late": total / 4})
