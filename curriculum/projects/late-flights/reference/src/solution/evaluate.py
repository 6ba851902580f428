"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import time

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.metrics import brier_score_loss

from solution.config import arguments, config, write
from solution.features import features
from solution.intervals import gain, interval


def auc(label, score):
    """Area under the ROC curve by ranks, faster than sorting thresholds."""
    ranks = rankdata(score)
    yes = np.asarray(label) == 1
    count = yes.sum()
    return (ranks[yes].sum() - count * (count + 1) / 2) / (count * (len(yes) - count))


def cheapest(label, score):
    """The threshold with the least cost on these rows, among the hundredths from 0.05 to 0.95."""
    grid = np.round(np.arange(0.05, 0.96, 0.01), 2)
    return float(grid[np.argmin([cost(label, score >= one) for one in grid])])


def cost(label, warned):
    """Mean cost a flight, in EUR: hours spent waiting for nothing, and trains missed."""
    label, warned = np.asarray(label), np.asarray(warned)
    prices = config()["costs"]
    wrong = prices["false_positive"] * (warned & (label == 0))
    missed = prices["false_negative"] * (~warned & (label == 1))
    return float(np.mean(wrong + missed))


def evaluate(table, resamples=200):
    """The metrics with intervals over days, on the most honest part; AUC on validation too."""
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        how = {"groups": rows["group"], "resamples": resamples, "part": part}
        label, score, simple = rows["label"], rows["score"], rows["baseline"]
        end = f"_{part}" if found else ""
        found[f"auc{end}"] = interval(auc, label, score, **how)
        if end:
            break
        found |= {
            "auc_baseline": interval(auc, label, simple, **how),
            "auc_gain": gain(auc, label, score, simple, **how),
            "brier": interval(brier_score_loss, label, score, **how),
        }
        for month, some in rows.groupby("month"):
            how["groups"] = some["group"]
            found[f"auc_month_{month}"] = interval(auc, some["label"], some["score"], **how)
    return found


def report(table, threshold, model, some):
    """What is no metric: the warnings and what they save, airlines, the time for one flight."""
    found = {"threshold": threshold}
    for part, rows in table.groupby("part"):
        label, warned = rows["label"], rows["score"] >= threshold
        airlines = rows.groupby("carrier").agg(
            said=("score", "mean"), came_true=("label", "mean"), flights=("label", "size")
        )
        found[part] = {
            "cost_with_warnings": round(cost(label, warned), 2),
            "cost_without": round(cost(label, np.zeros(len(label), bool)), 2),
            "cost_warning_all": round(cost(label, np.ones(len(label), bool)), 2),
            "warned": round(float(warned.mean()), 4),
            "late_among_warned": round(float(label[warned].mean()), 4),
            "late": round(float(label.mean()), 4),
            "airlines": airlines.round(3).to_dict("index"),
        }
    return found | {"latency_ms": latency(model, some)}


def latency(model, some, times=40):
    """Milliseconds to score one joined flight, from a row of the table to its chance."""
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
