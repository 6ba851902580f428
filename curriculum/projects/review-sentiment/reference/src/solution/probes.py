"""What two tempting mistakes would promise: ``python -m solution.probes``. Never used to choose."""

import numpy as np
import pandas as pd

from solution.config import arguments, raw, write
from solution.data import load
from solution.evaluate import qwk
from solution.features import features
from solution.predict import STARS, stars
from solution.train import candidates, cutoffs


def recommendation_alone(table):
    """QWK on the test part of the ticked recommendation, by the mean stars of each answer."""
    ticked = pd.read_parquet(raw("reviews"))["recommended_ind"].loc[table["id"]].to_numpy()
    test = (table["part"] == "test").to_numpy()
    label = table["rating"].to_numpy()
    means = {one: round(label[~test & (ticked == one)].mean()) for one in (0, 1)}
    return qwk(label[test], np.where(ticked[test] == 1, means[1], means[0]))


def cutoffs_in_sample(table):
    """QWK on the test part with cut-offs fitted to rows that the model had learnt from."""
    known, test = table[table["part"] != "test"], table[table["part"] == "test"]
    model = candidates()["logistic regression, C=3.0"]
    model.fit(features(known), known["rating"])
    points = cutoffs(known["rating"].to_numpy(), model.predict_proba(features(known)) @ STARS)
    return qwk(test["rating"], stars(model.predict_proba(features(test)) @ STARS, points))


def main():
    """Measure both and write them beside the run's results."""
    given = arguments(__doc__)
    table = load()
    found = {
        "qwk_recommendation_alone": round(recommendation_alone(table), 4),
        "qwk_cutoffs_in_sample": round(cutoffs_in_sample(table), 4),
    }
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
