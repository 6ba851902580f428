"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from solution.config import arguments, config, write
from solution.data import load
from solution.evaluate import auc, cheapest, evaluate, report
from solution.features import WORDS, codes, features, plan, timetable
from solution.predict import predictions


def simple():
    """The baseline: what the timetable alone says."""
    return make_pipeline(timetable(), LogisticRegression(C=0.3, max_iter=100))


def candidates(seed, sample=False):
    """The models among which validation chooses; a sample gets fewer trees.

    Few leaves and a share of the columns for each split: what a month shows, the next one denies.
    """
    same = {
        "categorical_features": list(range(len(WORDS))),
        "min_samples_leaf": 200,
        "random_state": seed,
    }
    rounds = 40 if sample else 120
    small = HistGradientBoostingClassifier(
        learning_rate=0.08, max_iter=rounds, max_leaf_nodes=8, max_features=0.3, **same
    )
    large = HistGradientBoostingClassifier(
        learning_rate=0.08, max_iter=rounds, max_leaf_nodes=31, max_features=0.3, **same
    )
    return {
        "boosting, 8 leaves": make_pipeline(codes(), small),
        "boosting, 31 leaves": make_pipeline(codes(), large),
    }


def choose(early, late, seed, sample):
    """Fit every candidate on ``early``; their AUC on ``late``, and predictions of the best."""
    first = simple()
    first.fit(plan(early), early["late"])
    baseline = first.predict_proba(plan(late))[:, 1]
    scores = {"timetable": round(auc(late["late"].to_numpy(), baseline), 5)}
    given = {}
    for name, model in candidates(seed, sample).items():
        model.fit(features(early), early["late"])
        given[name] = predictions(model, late)
        scores[name] = round(auc(late["late"].to_numpy(), given[name]["score"]), 5)
        print(f"{name}: AUC {scores[name]:.4f} on validation", flush=True)
    best = max(given, key=scores.get)
    return best, scores, given[best].assign(baseline=baseline)


def final(known, test, best, seed, sample):
    """The chosen model fitted on all known flights, and the test flights predicted once."""
    model, first = candidates(seed, sample)[best], simple()
    model.fit(features(known), known["late"])
    if test.empty:
        return model, pd.DataFrame()
    scored = predictions(model, test)
    first.fit(plan(known), known["late"])
    return model, scored.assign(baseline=first.predict_proba(plan(test))[:, 1])


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
    lost = table.assign(alone=table["seats"].isna()).groupby("carrier")["alone"].mean()
    facts = {"choice": scores, "rows": table["part"].value_counts().to_dict()}
    facts["without_aeroplane"] = round(float(table["seats"].isna().mean()), 4)
    facts["without_aeroplane_worst"] = lost.nlargest(3).round(3).to_dict()
    facts["without_weather"] = round(float(table["temp"].isna().mean()), 4)
    facts |= report(found, threshold, model, late)
    metrics = evaluate(found, resamples=40 if given.sample else 200)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
