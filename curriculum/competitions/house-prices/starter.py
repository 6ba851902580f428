"""A first submission: run it in the folder with train.parquet, or name that folder."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

NUMBERS = ["area", "overall_qual", "year_built", "lot_area", "full_bath"]

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
train, test = (pd.read_parquet(folder / f"{name}.parquet") for name in ("train", "test"))

# Validate as the competition does: learn from 2006 and 2007, predict 2008.
early, late = train[train["yr_sold"] < 2008], train[train["yr_sold"] == 2008]
model = LinearRegression().fit(early[NUMBERS], np.log(early["price"]))
error = model.predict(late[NUMBERS]) - np.log(late["price"])
print(f"RMSLE on the sales of 2008: {np.sqrt(np.mean(error**2)):.4f}")

model.fit(train[NUMBERS], np.log(train["price"]))
test["price"] = np.exp(model.predict(test[NUMBERS]))
test[["id", "price"]].to_csv("submission.csv", index=False)
print("submission.csv is written.")
