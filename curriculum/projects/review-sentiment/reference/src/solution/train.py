"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from solution.config import arguments, config, write
from solution.data import load
from solution.evaluate import evaluate, qwk, report
from solution.features import features, words
from solution.predict import STARS, predictions, stars


def candidates(sample=False):
    """The strengths of regularisation among which the folds choose, strongest first."""
    return {
        f"logistic regression, C={strength}": make_pipeline(
            words(sample), LogisticRegression(C=strength, max_iter=300)
        )
        for strength in ((3.0,) if sample else (1.0, 3.0))
    }


def cutoffs(label, expected):
    """Four points on the expected stars with the best QWK, by moving one at a time.

    The start makes the predicted stars as frequent as the real ones.
    """
    share = np.cumsum([np.mean(label == one) for one in STARS[:-1]])
    points = np.quantile(expected, share)
    for _ in range(2):
        for place in range(4):
            low = points[place - 1] + 0.02 if place else 1.0
            high = points[place + 1] - 0.02 if place < 3 else 5.0
            tried = [
                np.r_[points[:place], one, points[place + 1 :]]
                for one in np.linspace(low, high, 25)
            ]
            tried.append(points)
            points = max(tried, key=lambda some: qwk(label, stars(expected, some)))
    return points


def choose(early, sample):
    """Score every candidate by folds over articles; the best one's name, scores and cut-offs."""
    scores, points = {}, {}
    label = early["rating"].to_numpy()
    for name, model in candidates(sample).items():
        chance = cross_val_predict(
            model, features(early), label, groups=early["clothing_id"],
            cv=GroupKFold(3), method="predict_proba",
        )  # fmt: skip
        expected = chance @ STARS
        points[name] = cutoffs(label, expected)
        scores[name] = round(qwk(label, stars(expected, points[name])), 5)
        print(f"{name}: QWK {scores[name]:.4f} over folds of the training part", flush=True)
    best = max(scores, key=scores.get)
    return best, scores, points[best]


def final(known, test, best, points, sample):
    """The chosen model fitted on all known reviews, and the test reviews predicted once."""
    model = candidates(sample)[best]
    model.fit(features(known), known["rating"])
    return model, predictions(model, points, test) if len(test) else pd.DataFrame()


def main():
    """One run: every choice on folds, one check on validation, one look at the test part."""
    given = arguments(__doc__)
    table = load(given.sample, given.seed)
    early, late, test = (table[table["part"] == name] for name in ("train", "validation", "test"))
    best, scores, points = choose(early, given.sample)
    model = candidates(given.sample)[best]
    model.fit(features(early), early["rating"])
    held = predictions(model, points, late)
    last, scored = final(table[table["part"] != "test"], test, best, points, given.sample)

    found = pd.concat([scored, held], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)
    joblib.dump({"model": last, "cutoffs": points}, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample}
    params["cutoffs"] = [round(float(one), 3) for one in points]
    facts = {"choice": scores, "rows": table["part"].value_counts().to_dict()}
    facts |= report(found, last, table[table["part"] != "train"])
    metrics = evaluate(found, resamples=40 if given.sample else 200)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
