"""A first submission: run it in the folder with train.parquet, or name that folder."""

import sys
from pathlib import Path

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

TEXTS = ["hour", "carrier", "origin", "dest"]

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
train, test = (pd.read_parquet(folder / f"{name}.parquet") for name in ("train", "test"))
train = train[train["cancelled"] == 0]
columns = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), TEXTS))
model = make_pipeline(columns, LogisticRegression(max_iter=200))

# Validate as the competition does: on later months than those learnt from.
early, late = train[train["month"] < 8], train[train["month"] >= 8]
guess = model.fit(early, early["late"]).predict_proba(late)[:, 1]
print(f"AUC on August and September: {roc_auc_score(late['late'], guess):.3f}")

test["late"] = model.fit(train, train["late"]).predict_proba(test)[:, 1]
test[["id", "late"]].to_csv("submission.csv", index=False)
print("submission.csv is written.")
