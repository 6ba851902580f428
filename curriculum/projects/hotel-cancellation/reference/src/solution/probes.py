"""What two tempting mistakes would promise: ``python -m solution.probes``. Never used to choose."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from solution.config import arguments, raw, write
from solution.data import AFTERWARDS, load
from solution.features import features
from solution.train import candidates


def random_split(table, seed):
    """AUC where the test bookings are drawn at random instead of being the latest."""
    count = int((table["part"] == "test").sum())
    place = np.random.default_rng(seed).permutation(len(table))
    test, rest = table.iloc[place[:count]], table.iloc[place[count:]]
    model = candidates(seed)["boosting, 15 leaves"]
    model.fit(features(rest), rest["is_canceled"])
    return roc_auc_score(test["is_canceled"], model.predict_proba(features(test))[:, 1])


def with_later_columns(table, seed):
    """AUC, on the honest split, with the columns that are filled in after the booking."""
    late = pd.read_parquet(raw("bookings"))[AFTERWARDS[2:]]
    made = features(table).join(late)
    words = made.select_dtypes(exclude="number").columns
    made[words] = made[words].apply(lambda column: pd.factorize(column)[0])
    model = HistGradientBoostingClassifier(random_state=seed)
    test = table["part"] == "test"
    model.fit(made[~test], table.loc[~test, "is_canceled"])
    return roc_auc_score(table.loc[test, "is_canceled"], model.predict_proba(made[test])[:, 1])


def main():
    """Measure both and write them beside the run's results."""
    given = arguments(__doc__)
    table = load()
    found = {
        "auc_random_split": round(random_split(table, given.seed), 4),
        "auc_with_later_columns": round(with_later_columns(table, given.seed), 4),
    }
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
