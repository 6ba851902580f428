"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from solution.config import arguments, config, write
from solution.data import load, once
from solution.evaluate import cheapest, evaluate, report
from solution.features import features
from solution.predict import predictions

SIMPLE = "logistic regression"


def candidates(seed, sample=False):
    """The models among which validation chooses, simplest first; a sample gets fewer trees.

    No weights and no resampling: both would spoil the chances that the threshold rests on.
    """
    boosting = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=60 if sample else 150,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=10.0,
        random_state=seed,
    )
    trees = ExtraTreesClassifier(
        30 if sample else 100, min_samples_leaf=2, max_features=8, random_state=seed
    )
    return {
        SIMPLE: make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=300)),
        "boosting, 8 leaves": boosting,
        "extra trees": trees,
    }


def choose(early, late, seed, sample):
    """Fit every candidate on ``early``; their score on ``late``, and predictions of the best."""
    scores, given = {}, {}
    for name, model in candidates(seed, sample).items():
        model.fit(features(early), early["class"])
        given[name] = predictions(model, late)
        scores[name] = round(average_precision_score(late["class"], given[name]["score"]), 5)
        print(f"{name}: average precision {scores[name]:.4f} on validation", flush=True)
    best = max(scores, key=scores.get)
    return best, scores, given[best].assign(baseline=given[SIMPLE]["score"])


def final(known, test, best, seed, sample):
    """The chosen model fitted on all known payments, and the test payments predicted once."""
    models = candidates(seed, sample)
    models[best].fit(features(known), known["class"])
    if test.empty:
        return models[best], pd.DataFrame()
    scored = predictions(models[best], test)
    models[SIMPLE].fit(features(known), known["class"])
    return models[best], scored.assign(baseline=predictions(models[SIMPLE], test)["score"])


def main():
    """One run: every choice on validation, then one look at the test part, if it is there."""
    given = arguments(__doc__)
    table = load(given.sample, given.seed)
    early, late, test = (table[table["part"] == name] for name in ("train", "validation", "test"))
    best, scores, held = choose(once(early), late, given.seed, given.sample)
    threshold = cheapest(held["label"], held["score"])
    known = once(table[table["part"] != "test"])
    model, scored = final(known, test, best, given.seed, given.sample)

    found = pd.concat([scored, held], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)
    joblib.dump({"model": model, "threshold": threshold}, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample, "threshold": threshold}
    facts = {"choice": scores, "payments": table["part"].value_counts().to_dict()}
    facts["frauds"] = table.groupby("part")["class"].sum().to_dict()
    facts |= report(found, threshold, model, late)
    metrics = evaluate(found, resamples=40 if given.sample else 200)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
