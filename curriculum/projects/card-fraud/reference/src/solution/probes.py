"""What a random split would promise: ``python -m solution.probes``. Never used to choose."""

import numpy as np
from sklearn.metrics import average_precision_score

from solution.config import arguments, write
from solution.data import load, once
from solution.features import features
from solution.train import candidates


def random_split(table, name, seed):
    """Average precision where the test payments are drawn at random instead of the latest."""
    count = int((table["part"] == "test").sum())
    place = np.random.default_rng(seed).permutation(len(table))
    test, rest = table.iloc[place[:count]], once(table.iloc[place[count:]])
    model = candidates(seed)[name]
    model.fit(features(rest), rest["class"])
    return average_precision_score(test["class"], model.predict_proba(features(test))[:, 1])


def main():
    """Measure it for two models and write it beside the run's results."""
    given = arguments(__doc__)
    table = load()
    found = {
        f"average_precision_random_split, {name}": round(random_split(table, name, given.seed), 4)
        for name in ("logistic regression", "extra trees")
    }
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
