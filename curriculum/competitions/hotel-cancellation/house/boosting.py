"""Gradient boosting with its default settings on what is known when the booking is made."""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

AFTER_BOOKING = [
    "assigned_room_type", "booking_changes", "days_in_waiting_list", "required_car_parking_spaces",
    "reservation_status", "reservation_status_date",
]  # fmt: skip
NOT_FEATURES = ["id", "is_canceled", "arrival", "arrival_date_year", *AFTER_BOOKING]


def fit_predict(train, test):
    """Texts become codes; the trees may put any codes on one side."""
    names = [name for name in train.columns if name not in NOT_FEATURES]
    texts = [name for name in names if train[name].dtype.kind not in "iuf"]
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1,
        min_frequency=20, max_categories=200,
    )  # fmt: skip
    columns = make_column_transformer((codes, texts), remainder="passthrough")
    model = make_pipeline(columns, HistGradientBoostingClassifier(random_state=0))
    model.fit(train[names], train["is_canceled"])
    probability = model.predict_proba(test[names])[:, 1]
    return pd.DataFrame({"id": test["id"], "is_canceled": probability})
