"""Gradient boosting with congestion and change of weather, chosen on August and September."""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

LEFT_OUT = [
    "id", "year", "month", "day", "late", "cancelled", "dep_delay", "tailnum", "time_hour",
    "flight",
]  # fmt: skip
CHOICES = [
    {"learning_rate": 0.05, "max_iter": 150, "min_samples_leaf": 100},
    {"learning_rate": 0.05, "max_iter": 150, "min_samples_leaf": 400, "max_features": 0.4},
    {"learning_rate": 0.03, "max_iter": 250, "max_leaf_nodes": 15, "max_features": 0.4},
]


def features(table):
    """How many flights leave in the same hour, and the weekday."""
    made = table.drop(columns=[name for name in LEFT_OUT if name in table])
    made["weekday"] = table["time_hour"].dt.dayofweek
    made["same_hour"] = table.groupby(["origin", "time_hour"])["id"].transform("size")
    rain = table.groupby(["origin", table["time_hour"].dt.date])["weather_precip"]
    made["rain_of_day"] = rain.transform("mean")
    made["minute_of_day"] = table["hour"] * 60 + table["minute"]
    return made


def pipeline(table, settings):
    """Texts become codes, a missing one -1."""
    texts = [name for name in table if table[name].dtype.kind not in "iuf"]
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1
    )
    return make_pipeline(
        make_column_transformer((codes, texts), remainder="passthrough"),
        HistGradientBoostingClassifier(random_state=0, **settings),
    )


def fit_predict(train, test):
    """Choose on the latest months, learn again from all."""
    flown = train[train["cancelled"] == 0].reset_index(drop=True)
    table, target = features(flown), flown["late"]
    held = flown["month"] >= 8
    scores = []
    for settings in CHOICES:
        model = pipeline(table, settings).fit(table[~held], target[~held])
        scores.append(roc_auc_score(target[held], model.predict_proba(table[held])[:, 1]))
    model = pipeline(table, CHOICES[scores.index(max(scores))]).fit(table, target)
    return pd.DataFrame({"id": test["id"], "late": model.predict_proba(features(test))[:, 1]})
