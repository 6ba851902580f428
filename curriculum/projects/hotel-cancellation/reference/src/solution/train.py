"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline

from solution.config import arguments, config, write
from solution.data import load
from solution.evaluate import cheapest, evaluate, report
from solution.features import CATEGORIES, codes, dummies, features
from solution.predict import predictions

SIMPLE = "logistic regression"


def candidates(seed, sample=False):
    """The models among which validation chooses, simplest first; a sample gets fewer trees."""
    trees = {
        "categorical_features": list(range(len(CATEGORIES))),
        "learning_rate": 0.05,
        "max_iter": 40 if sample else 300,
        "random_state": seed,
    }
    small = HistGradientBoostingClassifier(max_leaf_nodes=15, min_samples_leaf=60, **trees)
    large = HistGradientBoostingClassifier(max_leaf_nodes=63, l2_regularization=5.0, **trees)
    return {
        SIMPLE: make_pipeline(dummies(), LogisticRegression(C=0.3, max_iter=400)),
        "boosting, 15 leaves": make_pipeline(codes(), small),
        "boosting, 63 leaves": make_pipeline(codes(), large),
    }


def choose(early, late, seed, sample):
    """Fit every candidate on ``early``; their AUC on ``late``, and predictions of the best."""
    scores, given = {}, {}
    for name, model in candidates(seed, sample).items():
        model.fit(features(early), early["is_canceled"])
        given[name] = predictions(model, late)
        scores[name] = round(roc_auc_score(late["is_canceled"], given[name]["score"]), 5)
        print(f"{name}: AUC {scores[name]:.4f} on validation", flush=True)
    best = max(scores, key=scores.get)
    return best, scores, given[best].assign(baseline=given[SIMPLE]["score"])


def final(known, test, best, seed, sample):
    """The chosen model fitted on all known bookings, and the test bookings predicted once."""
    models = candidates(seed, sample)
    models[best].fit(features(known), known["is_canceled"])
    if test.empty:
        return models[best], pd.DataFrame()
    scored = predictions(models[best], test)
    models[SIMPLE].fit(features(known), known["is_canceled"])
    return models[best], scored.assign(baseline=predictions(models[SIMPLE], test)["score"])


def main():
    """One run: every choice on validation, then one look at the test part, if it is there."""
    given = arguments(__doc__)
    table = load(given.sample, given.seed)
    early, late, test = (table[table["part"] == name] for name in ("train", "validation", "test"))
    best, scores, held = choose(early, late, given.seed, given.sample)
    threshold = cheapest(held["label"], held["score"])
    known = table[table["part"] != "test"]
    model, scored = final(known, test, best, given.seed, given.sample)

    found = pd.concat([scored, held], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)
    joblib.dump({"model": model, "threshold": threshold}, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample, "threshold": threshold}
    facts = {"choice": scores, "rows": table["part"].value_counts().to_dict()}
    facts |= report(found, threshold, model, late)
    metrics = evaluate(found, resamples=40 if given.sample else 200)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
