"""What a hotel knows on the day of the booking, as numbers and categories."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

NUMBERS = [
    "lead_time", "nights", "weekend_share", "persons", "rate", "rate_a_person", "month_angle_sin",
    "month_angle_cos", "weekday", "is_repeated_guest", "previous_cancellations",
    "previous_bookings_not_canceled", "total_of_special_requests",
]  # fmt: skip
CATEGORIES = [
    "hotel", "meal", "market_segment", "distribution_channel", "reserved_room_type",
    "deposit_type", "customer_type", "agent", "by_company",
]  # fmt: skip


def features(table):
    """One row a booking, from nothing but that booking: no statistics over rows, so no leak."""
    nights = table["stays_in_weekend_nights"] + table["stays_in_week_nights"]
    persons = table[["adults", "children", "babies"]].fillna(0).sum(axis=1)
    angle = 2 * np.pi * table["arrival"].dt.day_of_year / 365.25
    made = pd.DataFrame(
        {
            "nights": nights,
            "weekend_share": table["stays_in_weekend_nights"] / nights.clip(lower=1),
            "persons": persons,
            "rate": table["adr"],
            "rate_a_person": table["adr"] / persons.clip(lower=1),
            "month_angle_sin": np.sin(angle),
            "month_angle_cos": np.cos(angle),
            "weekday": table["arrival"].dt.day_of_week,
            "agent": table["agent"].map("{:.0f}".format, na_action="ignore").fillna("none"),
            "by_company": table["company"].notna().astype(str),
        },
        index=table.index,
    )
    kept = [name for name in (*NUMBERS, *CATEGORIES) if name not in made]
    return made.join(table[kept])[[*NUMBERS, *CATEGORIES]]


def codes():
    """Categories as small integers for the trees; the rare and the unknown share codes."""
    encoder = OrdinalEncoder(
        handle_unknown="use_encoded_value",
        unknown_value=np.nan,
        min_frequency=30,
        max_categories=60,
        encoded_missing_value=np.nan,
    )
    return make_column_transformer((encoder, CATEGORIES), ("passthrough", NUMBERS))


def dummies():
    """Scaled numbers and one column a category for the linear model."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    words = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=30)
    return make_column_transformer((numbers, NUMBERS), (words, CATEGORIES))
