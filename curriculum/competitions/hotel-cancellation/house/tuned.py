"""Gradient boosting, settings chosen on the last months of the training period."""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

AFTER_BOOKING = [
    "assigned_room_type", "booking_changes", "days_in_waiting_list", "required_car_parking_spaces",
    "reservation_status", "reservation_status_date",
]  # fmt: skip
NOT_FEATURES = ["id", "is_canceled", "arrival", "arrival_date_year", *AFTER_BOOKING]
CHOICES = [
    {"learning_rate": 0.1, "max_iter": 200, "max_leaf_nodes": 31},
    {"learning_rate": 0.05, "max_iter": 300, "max_leaf_nodes": 31, "l2_regularization": 5.0},
    {"learning_rate": 0.05, "max_iter": 300, "max_leaf_nodes": 15, "min_samples_leaf": 100},
    {"learning_rate": 0.05, "max_iter": 300, "max_leaf_nodes": 63, "min_samples_leaf": 60,
     "max_features": 0.3},
]  # fmt: skip


def features(table, names):
    """Two things that the columns do not say by themselves."""
    made = table[names].copy()
    made["nights"] = table["stays_in_weekend_nights"] + table["stays_in_week_nights"]
    made["weekday"] = table["arrival"].dt.dayofweek
    made["earlier_share"] = table["previous_cancellations"] / (
        1 + table["previous_cancellations"] + table["previous_bookings_not_canceled"]
    )
    return made


def pipeline(table, settings):
    """Texts become codes; the trees may put any codes on one side."""
    texts = [name for name in table.columns if table[name].dtype.kind not in "iuf"]
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1,
        min_frequency=20, max_categories=200,
    )  # fmt: skip
    columns = make_column_transformer((codes, texts), remainder="passthrough")
    return make_pipeline(columns, HistGradientBoostingClassifier(random_state=0, **settings))


def fit_predict(train, test):
    """Choose on arrivals from November 2016 on, learn again from everything."""
    names = [name for name in train.columns if name not in NOT_FEATURES]
    table, target = features(train, names), train["is_canceled"]
    late = train["arrival"] >= "2016-11-01"
    scores = []
    for settings in CHOICES:
        model = pipeline(table, settings).fit(table[~late], target[~late])
        scores.append(roc_auc_score(target[late], model.predict_proba(table[late])[:, 1]))
    best = CHOICES[scores.index(max(scores))]
    model = pipeline(table, best).fit(table, target)
    probability = model.predict_proba(features(test, names))[:, 1]
    return pd.DataFrame({"id": test["id"], "is_canceled": probability})
