"""A first submission: run it in the folder with train.parquet, or name that folder."""

import sys
from pathlib import Path

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["lead_time", "previous_cancellations", "total_of_special_requests", "adults"]
TEXTS = ["hotel", "market_segment", "deposit_type", "customer_type", "meal"]


def model():
    """Scaled numbers and one column a category, then logistic regression."""
    columns = make_column_transformer(
        (StandardScaler(), NUMBERS), (OneHotEncoder(handle_unknown="ignore"), TEXTS)
    )
    return make_pipeline(columns, LogisticRegression(max_iter=500))


folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
train, test = (pd.read_parquet(folder / f"{name}.parquet") for name in ("train", "test"))

# Validate as the competition does: on later arrivals than those learnt from.
late = train["arrival"] >= "2016-11-01"
early = model().fit(train[~late], train.loc[~late, "is_canceled"])
guess = roc_auc_score(train.loc[late, "is_canceled"], early.predict_proba(train[late])[:, 1])
print(f"AUC on arrivals from November 2016 on: {guess:.3f}")

final = model().fit(train, train["is_canceled"])
test["is_canceled"] = final.predict_proba(test)[:, 1]
test[["id", "is_canceled"]].to_csv("submission.csv", index=False)
print("submission.csv is written.")
