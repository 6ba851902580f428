"""What the score owes to what is not known: ``python -m solution.probes``. Never used to choose."""

import pandas as pd

from solution.config import arguments, raw, write
from solution.data import WEATHER, load
from solution.evaluate import auc
from solution.features import features
from solution.train import candidates


def scored(table, change, seed):
    """AUC on the test part of the small boosting, with the features changed."""
    test = (table["part"] == "test").to_numpy()
    made = change(features(table))
    model = candidates(seed)["boosting, 8 leaves"]
    model.fit(made[~test], table.loc[~test, "late"])
    return round(float(auc(table.loc[test, "late"], model.predict_proba(made[test])[:, 1])), 4)


def main():
    """Measure it without the weather and with the delay at departure."""
    given = arguments(__doc__)
    table = load()
    delay = pd.read_parquet(raw("flights"))["dep_delay"].loc[table["id"]].to_numpy(float)
    found = {
        "auc_without_weather": scored(
            table, lambda made: made.assign(**dict.fromkeys(WEATHER, 0.0)), given.seed
        ),
        "auc_with_departure_delay": scored(
            table,
            lambda made: made.assign(seats=delay),
            given.seed,  # in the place of the seats
        ),
    }
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
