"""A first submission: run it in the folder with train.parquet, or name that folder."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
train, test = (pd.read_parquet(folder / f"{name}.parquet") for name in ("train", "test"))
hours = train.drop_duplicates("date_time").set_index("date_time")["traffic_volume"]


def usual(known, when):
    """The mean of that hour of the week in the last year known."""
    known = known[known.index >= known.index.max() - pd.Timedelta(days=364)]
    means = known.groupby(known.index.dayofweek * 24 + known.index.hour).mean()
    return means.reindex(when.dayofweek * 24 + when.hour).to_numpy()


# Validate as the competition does: three months that lie a year back.
held = hours["2017-07-01":"2017-09-30"]
known = hours[: "2017-06-30"]
naive = (known - known.reindex(known.index - pd.Timedelta(hours=168)).to_numpy()).abs().mean()
error = np.abs(held - usual(known, held.index)).mean() / naive
print(f"MASE on July to September 2017: {error:.3f}")

test["traffic_volume"] = usual(hours, pd.DatetimeIndex(test["date_time"]))
test[["id", "traffic_volume"]].to_csv("submission.csv", index=False)
print("submission.csv is written.")
