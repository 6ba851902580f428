"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import time

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, roc_auc_score

from solution.config import arguments, config, write
from solution.features import features
from solution.intervals import gain, interval

FIRST = 100
"""Calls of one evening."""


def cheapest(label, score):
    """The threshold with the least cost on these rows, among a few dozens from 0.005 to 0.9."""
    grid = np.round(np.geomspace(0.005, 0.9, 60), 4)
    return float(grid[np.argmin([cost(label, score >= one) for one in grid])])


def cost(label, called):
    """What was lost, in EUR: calls to honest card holders, and frauds that nobody called about."""
    label, called = np.asarray(label), np.asarray(called)
    prices = config()["costs"]
    wrong = prices["false_positive"] * (called & (label == 0)).sum()
    return float(wrong + prices["false_negative"] * (~called & (label == 1)).sum())


def precision_first(label, score, count=FIRST):
    """The share of frauds among the ``count`` most suspicious payments."""
    label, score = np.asarray(label), np.asarray(score)
    return float(label[np.argsort(-score, kind="stable")[:count]].mean())


def evaluate(table, resamples=200):
    """The metrics with intervals, on the most honest part; average precision on validation too."""
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        how = {"resamples": resamples, "part": part}
        label, score, simple = rows["label"], rows["score"], rows["baseline"]
        end = f"_{part}" if found else ""
        found[f"average_precision{end}"] = interval(average_precision_score, label, score, **how)
        if end:
            break
        found |= {
            "average_precision_baseline": interval(average_precision_score, label, simple, **how),
            "average_precision_gain": gain(average_precision_score, label, score, simple, **how),
            "precision_first_100": interval(precision_first, label, score, **how),
            "auc": interval(roc_auc_score, label, score, **how),
        }
    return found


def report(table, threshold, model, some):
    """What is no metric: the line across the list, what it saves, and the time for one payment."""
    found = {"threshold": threshold}
    for part, rows in table.groupby("part"):
        label, called = rows["label"], rows["score"] >= threshold
        top = rows.nlargest(FIRST, "score")
        found[part] = {
            "cost_with_calls": round(cost(label, called)),
            "cost_without": round(cost(label, np.zeros(len(label), bool))),
            "calls": int(called.sum()),
            "frauds_called": int(label[called].sum()),
            "frauds": int(label.sum()),
            "accuracy_of_finding_nothing": round(float(1 - label.mean()), 5),
            "first_100_by_amount": top.groupby("amount")["label"]
            .agg(["size", "sum"])
            .to_dict("index"),
        }
    return found | {"latency_ms": latency(model, some)}


def latency(model, some, times=40):
    """Milliseconds to score one payment, from a row of the table to its chance."""
    spent = []
    for place in range(times):
        start = time.perf_counter()
        model.predict_proba(features(some.iloc[[place]]))
        spent.append(1000 * (time.perf_counter() - start))
    return {f"p{q}": round(float(np.percentile(spent, q)), 1) for q in (50, 95)}


def main():
    """Read the predictions of the last run and measure them again."""
    given = arguments(__doc__)
    found = pd.read_parquet(given.out / config()["output"]["predictions"])
    write(given, metrics=evaluate(found))


if __name__ == "__main__":
    main()
