"""The mean rank of a linear model, a forest of random trees and gradient boosting."""

import pandas as pd
from scipy.stats import rankdata
from sklearn.compose import make_column_transformer
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

AFTER_BOOKING = [
    "assigned_room_type", "booking_changes", "days_in_waiting_list", "required_car_parking_spaces",
    "reservation_status", "reservation_status_date",
]  # fmt: skip
NOT_FEATURES = ["id", "is_canceled", "arrival", "arrival_date_year", *AFTER_BOOKING]
CODES = ["agent", "company"]


def fit_predict(train, test):
    """Ranks, because AUC asks for an order and the models' scales differ."""
    names = [name for name in train.columns if name not in NOT_FEATURES]
    texts = [name for name in names if train[name].dtype.kind not in "iuf"]
    numbers = [name for name in names if name not in [*texts, *CODES]]

    def codes():
        return OrdinalEncoder(
            handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1,
            min_frequency=20, max_categories=200,
        )  # fmt: skip

    one_hot = OneHotEncoder(min_frequency=30, handle_unknown="infrequent_if_exist")
    scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    models = [
        make_pipeline(
            make_column_transformer((scaled, numbers), (one_hot, [*texts, *CODES])),
            LogisticRegression(max_iter=300),
        ),
        make_pipeline(
            make_column_transformer((codes(), texts), remainder="passthrough"),
            SimpleImputer(strategy="constant", fill_value=-1),
            ExtraTreesClassifier(150, min_samples_leaf=5, random_state=0),
        ),
        make_pipeline(
            make_column_transformer((codes(), texts), remainder="passthrough"),
            HistGradientBoostingClassifier(
                learning_rate=0.05, max_iter=300, min_samples_leaf=60, max_features=0.3,
                random_state=0,
            ),
        ),
    ]  # fmt: skip
    total = 0
    for model in models:
        model.fit(train[names], train["is_canceled"])
        total = total + rankdata(model.predict_proba(test[names])[:, 1]) / len(test)
    return pd.DataFrame({"id": test["id"], "is_canceled": total / len(models)})
