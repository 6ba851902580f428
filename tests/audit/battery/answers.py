"""Faults that predictions, logs of runs and claims show, written into a project folder."""

import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.audit.battery import tables
from tests.audit.battery.saving import save


def _scored(data, rng):
    table = data.table
    plain = pd.get_dummies(table.drop(columns="target")).astype(float)
    order = rng.permutation(len(table))
    a, b = int(0.5 * len(table)), int(0.75 * len(table))
    return [
        (plain.iloc[one], table["target"].iloc[one].to_numpy())
        for one in (order[:a], order[a:b], order[b:])
    ]


def _probabilities(data, rng):
    (x, y), (xv, yv), (xt, yt) = _scored(data, rng)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=500))
    model.fit(x, y)
    return (yv, model.predict_proba(xv)[:, 1]), (yt, model.predict_proba(xt)[:, 1])


def threshold(data, rng, folder, *, faulty, recorded):
    (yv, pv), (yt, pt) = _probabilities(data, rng)
    y, p = (yt, pt) if faulty else (yv, pv)
    cuts = np.unique(p) if recorded else np.linspace(0.01, 0.99, 99)
    best = cuts[np.argmax([f1_score(y, p >= one, zero_division=0) for one in cuts])]
    table = pd.DataFrame({"target": yt, "probability": pt, "prediction": (pt >= best).astype(int)})
    held = pd.DataFrame({"target": yv, "probability": pv})
    settings = {"metric": "f1"} | ({"threshold": float(best)} if recorded else {})
    save(folder, predictions=table, held=None if faulty else held, settings=settings)


def calibration(data, rng, folder, *, faulty, how):
    (x, y), _, (xt, _) = _scored(data, rng)
    model = CalibratedClassifierCV(make_pipeline(StandardScaler(), LogisticRegression(C=0.1)), cv=5)
    p = model.fit(x, y).predict_proba(xt)[:, 1]
    p = 1 / (1 + np.exp(-0.5 * np.log(np.clip(p, 0.01, 0.99) / np.clip(1 - p, 0.01, 0.99))))
    drawn = (rng.random(len(p)) < p).astype(
        int
    )  # the truth that makes p calibrated by construction
    z = np.log(p / (1 - p))
    stated = {"sure": 1 / (1 + np.exp(-3.5 * z)), "shifted": 1 / (1 + np.exp(-(z + 1.5)))}[how]
    table = pd.DataFrame({"target": drawn, "p": stated if faulty else p})
    table["prediction"] = (table["p"] >= 0.5).astype(int)
    save(folder, predictions=table, settings={"metric": "brier"})


def metric(data, rng, folder, *, faulty):
    n = 1500
    del data
    y = (rng.random(n) < 0.04).astype(int)
    p = np.clip(0.04 + 0.3 * y * rng.random(n) + rng.normal(0, 0.02, n), 0.001, 0.999)
    table = pd.DataFrame({"target": y, "prediction": (p >= 0.5).astype(int)})
    good = pd.DataFrame({"target": y, "prediction": (p >= 0.15).astype(int)})
    save(
        folder,
        predictions=table if faulty else good,
        settings={"metric": "accuracy" if faulty else "f1"},
    )


def noise(data, rng, folder, *, faulty):
    (x, y), _, (xt, yt) = _scored(data, rng)
    forest = RandomForestClassifier(60, random_state=0).fit(x, y).predict(xt)
    rival = forest.copy()
    flip = rng.choice(len(yt), max(4, len(yt) // 40), replace=False)
    rival[flip] = 1 - rival[flip]
    table = pd.DataFrame({"target": yt, "baseline_prediction": rival, "boosted_prediction": forest})
    won = "boosted" if (forest == yt).mean() >= (rival == yt).mean() else "baseline"
    claim = (
        f"The {won} model improves accuracy over the other one."
        if faulty
        else f"The {won} model is ahead, but the difference is within the noise (paired test)."
    )
    save(folder, predictions=table, claim=claim, settings={"metric": "accuracy"})


def real_gain(data, rng, folder):
    """A claim that the predictions carry."""
    (x, y), _, (xt, yt) = _scored(data, rng)
    forest = RandomForestClassifier(60, random_state=0).fit(x, y).predict(xt)
    worse = np.where(rng.random(len(yt)) < 0.35, 1 - forest, forest)
    table = pd.DataFrame({"target": yt, "baseline_prediction": worse, "forest_prediction": forest})
    won = "forest" if (forest == yt).mean() > (worse == yt).mean() else "baseline"
    save(
        folder,
        predictions=table,
        claim=f"The {won} model beats the other in accuracy.",
        settings={"metric": "accuracy"},
    )


def seeds(rng, folder, *, faulty, marked):
    values = (0.83 + rng.normal(0, 0.012, 12)).round(4)
    runs = pd.DataFrame(
        {
            "run": range(12),
            "seed": range(12),
            "model": "forest",
            "depth": 8,
            "test_accuracy": values,
        }
    )
    if marked:
        runs["reported"] = values == (values.max() if faulty else values[0])
        if not faulty and values[0] == values.max():
            runs["reported"] = values == values[1]
        save(folder, train=tables.churn(rng).table, runs=runs, settings={"metric": "accuracy"})
        return
    said = float(values.max()) if faulty else round(float(values.mean()), 4)
    save(
        folder,
        train=tables.churn(rng).table,
        runs=runs,
        settings={"metric": "accuracy", "reported": said},
    )


def choosing(rng, folder, *, faulty):
    depth = np.arange(2, 22)
    truth = 0.8 - 0.0008 * (depth - 9) ** 2
    valid = (truth + rng.normal(0, 0.01, 20)).round(4)
    test = (truth + rng.normal(0, 0.01, 20)).round(4)
    runs = pd.DataFrame({"depth": depth, "seed": 0, "test_auc": test})
    if not faulty:
        runs.insert(2, "valid_auc", valid)
        runs["test_auc"] = np.where(valid == valid.max(), test, np.nan)
    best = test.argmax() if faulty else valid.argmax()
    runs["selected"] = np.arange(20) == best
    save(folder, train=tables.churn(rng).table, runs=runs, settings={"metric": "roc_auc"})


def repeats(rng, folder, *, faulty):
    first = (0.8 + rng.normal(0, 0.01, 5)).round(4)
    again = (first + rng.normal(0, 0.006, 5)).round(4) if faulty else first
    runs = pd.DataFrame(
        {
            "seed": [*range(5)] * 2,
            "model": "boosting",
            "commit": "a1b2c3",
            "test_f1": [*first, *again],
        }
    )
    save(folder, train=tables.churn(rng).table, runs=runs)


def reported(data, rng, folder, *, faulty):
    _, (yt, pt) = _probabilities(data, rng)
    table = pd.DataFrame({"target": yt, "prediction": (pt >= 0.5).astype(int)})
    value = float(((pt >= 0.5) == yt).mean())
    save(
        folder,
        predictions=table,
        settings={"metric": "accuracy", "reported": round(value + (0.03 if faulty else 0), 4)},
    )
