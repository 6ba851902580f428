"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

from solution.config import arguments, config, write
from solution.data import counts, load
from solution.evaluate import evaluate, mae, report
from solution.features import features, naive
from solution.predict import predictions, ranges


def candidates(seed, sample=False):
    """The models among which validation chooses; the loss is the metric, an absolute error."""
    same = {"loss": "absolute_error", "random_state": seed, "max_iter": 100 if sample else 400}
    return {
        "boosting, 31 leaves": HistGradientBoostingRegressor(learning_rate=0.08, **same),
        "boosting, 12 leaves": HistGradientBoostingRegressor(
            learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=40, **same
        ),
    }


def choose(early, late, history, seed, sample):
    """Fit every candidate on ``early``; their error on ``late``, and forecasts of the best."""
    scores = {"as a week before": round(mae(late["traffic_volume"], naive(late, history)), 2)}
    given = {}
    for name, model in candidates(seed, sample).items():
        model.fit(features(early, history), early["traffic_volume"])
        given[name] = model.predict(features(late, history)).clip(0)
        scores[name] = round(mae(late["traffic_volume"], given[name]), 2)
        print(f"{name}: off by {scores[name]:.1f} cars an hour on validation", flush=True)
    best = min(given, key=scores.get)
    return best, scores, given[best]


def main():
    """One run: every choice on validation, then one look at the test part, if it is there."""
    given = arguments(__doc__)
    table = load(given.sample)
    history = counts(table)  # each feature takes from it only what is a week old
    early, late, test = (table[table["part"] == name] for name in ("train", "validation", "test"))
    best, scores, held = choose(early, late, history, given.seed, given.sample)
    spread = ranges(late, held)

    known = table[table["part"] != "test"]
    last = candidates(given.seed, given.sample)[best]
    last.fit(features(known, history), known["traffic_volume"])
    scored = pd.DataFrame()
    if len(test):
        scored = predictions(test, last.predict(features(test, history)), history, spread)
    found = pd.concat([scored, predictions(late, held, history, spread)], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)

    usual = mae(known["traffic_volume"], naive(known, history))
    joblib.dump({"model": last, "spread": spread}, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample}
    facts = {"choice": scores, "rows": table["part"].value_counts().to_dict()}
    facts |= {"naive_error_in_training": round(usual, 2)}
    facts |= report(found, last, late, history)
    metrics = evaluate(found, usual, resamples=60 if given.sample else 400)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
