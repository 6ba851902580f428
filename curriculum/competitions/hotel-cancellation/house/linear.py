"""Logistic regression on what is known when the booking is made."""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = [
    "lead_time", "stays_in_weekend_nights", "stays_in_week_nights", "adults", "children", "babies",
    "previous_cancellations", "previous_bookings_not_canceled", "adr", "total_of_special_requests",
]  # fmt: skip
TEXTS = [
    "hotel", "arrival_date_month", "meal", "country", "market_segment", "distribution_channel",
    "reserved_room_type", "deposit_type", "agent", "customer_type", "is_repeated_guest",
]  # fmt: skip


def features(table):
    """Numbers as they are, and everything else as text (an agent is a code, not a quantity)."""
    made = table[NUMBERS].copy()
    for name in TEXTS:
        made[name] = table[name].astype("string").fillna("none").astype(object)
    made["has_company"] = table["company"].notna().astype(int)
    return made


def fit_predict(train, test):
    """Rare categories are put together: some countries and agents occur once."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    columns = make_column_transformer(
        (numbers, NUMBERS),
        (OneHotEncoder(min_frequency=30, handle_unknown="infrequent_if_exist"), TEXTS),
        remainder="passthrough",
    )
    model = make_pipeline(columns, LogisticRegression(max_iter=300))
    model.fit(features(train), train["is_canceled"])
    probability = model.predict_proba(features(test))[:, 1]
    return pd.DataFrame({"id": test["id"], "is_canceled": probability})
