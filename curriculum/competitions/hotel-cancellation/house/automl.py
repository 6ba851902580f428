"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import pandas as pd

from journeyman.house import run

AFTER_BOOKING = [
    "assigned_room_type", "booking_changes", "days_in_waiting_list", "required_car_parking_spaces",
    "reservation_status", "reservation_status_date",
]  # fmt: skip
NOT_FEATURES = ["id", "is_canceled", "arrival", "arrival_date_year", *AFTER_BOOKING]


def features(table):
    """What is known when the booking is made; agent and company are codes, not quantities."""
    made = table[[name for name in table.columns if name not in NOT_FEATURES]].copy()
    for name in ("agent", "company"):
        made[name] = "code " + made[name].astype("string")
    return made


def fit_predict(train, test):
    """Guests who arrive later validate what earlier ones taught."""
    house = run(
        features(train), train["is_canceled"], task="binary", metric="auc", seconds=60, cores=2,
        times=train["arrival"],
    )  # fmt: skip
    probability = house.predict_proba(features(test))[:, 1]
    return pd.DataFrame({"id": test["id"], "is_canceled": probability})
