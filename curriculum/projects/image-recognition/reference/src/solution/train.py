"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import warnings

import joblib
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from solution.config import arguments, config, write
from solution.data import load, pixels, twins
from solution.evaluate import accuracy, cheapest, evaluate, report, shifted
from solution.features import features
from solution.predict import predictions

# The network is stopped after a fixed number of rounds on purpose.
warnings.filterwarnings("ignore", category=ConvergenceWarning)


def candidates(seed, sample=False):
    """The models on edges among which validation chooses, simplest first."""
    rounds = 6 if sample else 10
    network = MLPClassifier(
        (192,), alpha=1e-3, batch_size=256, max_iter=rounds, random_state=seed,
        learning_rate_init=1e-3,
    )  # fmt: skip
    return {
        "linear discriminants": make_pipeline(
            PCA(120, random_state=seed), LinearDiscriminantAnalysis()
        ),
        "network": make_pipeline(StandardScaler(), PCA(160, random_state=seed), network),
    }


def simple(seed):
    """The baseline: linear discriminants on the grey levels themselves."""
    return make_pipeline(PCA(120, random_state=seed), LinearDiscriminantAnalysis())


def flat(table):
    """Grey levels as a table; shape (pictures, 784)."""
    return pixels(table).reshape(len(table), -1)


def choose(early, late, edges, seed, sample):
    """Fit every candidate on ``early``; the share it gets right of ``late``, and predictions."""
    scores, chances = {}, {}
    for name, model in candidates(seed, sample).items():
        model.fit(edges.loc[early.index], early["label"])
        chances[name] = model.predict_proba(edges.loc[late.index])
        scores[name] = round(accuracy(late["label"], chances[name].argmax(axis=1)), 5)
        print(f"{name}: {scores[name]:.4f} right on validation", flush=True)
    best, first = max(scores, key=scores.get), simple(seed)
    first.fit(flat(early), early["label"])
    return best, scores, predictions(late, chances[best], first.predict(flat(late)))


def final(known, test, best, edges, seed, sample):
    """The chosen model fitted on all known pictures, and the test pictures predicted once."""
    model, first = candidates(seed, sample)[best], simple(seed)
    model.fit(edges.loc[known.index], known["label"])
    if test.empty:
        return model, pd.DataFrame()
    first.fit(flat(known), known["label"])
    chance = model.predict_proba(edges.loc[test.index])
    return model, predictions(test, chance, first.predict(flat(test)))


def main():
    """One run: every choice on validation, then one look at the test part, if it is there."""
    given = arguments(__doc__)
    table = load(given.sample, given.seed)
    edges = pd.DataFrame(features(pixels(table)), index=table.index)
    edges.columns = edges.columns.astype(str)
    early, late, test = (table[table["part"] == name] for name in ("train", "validation", "test"))
    best, scores, held = choose(early, late, edges, given.seed, given.sample)
    threshold = cheapest(held)
    known = table[table["part"] != "test"]
    model, scored = final(known, test, best, edges, given.seed, given.sample)

    found = pd.concat([scored, held], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)
    joblib.dump({"model": model, "threshold": threshold}, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample, "threshold": threshold}
    facts = {"choice": scores, "rows": table["part"].value_counts().to_dict()}
    facts |= {"twins": twins(table)} | report(found, threshold, model, late)
    if len(test):
        facts["accuracy_when_shifted"] = {f"{n} dots": shifted(model, test, n) for n in (1, 2)}
    metrics = evaluate(found, threshold, resamples=60 if given.sample else 400)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
