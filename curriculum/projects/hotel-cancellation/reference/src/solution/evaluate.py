"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import time

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.metrics import average_precision_score, brier_score_loss

from solution.config import arguments, config, write
from solution.features import features
from solution.intervals import gain, interval


def auc(label, score):
    """Area under the ROC curve by ranks, ten times faster than sorting thresholds."""
    ranks = rankdata(score)
    yes = label == 1
    count = yes.sum()
    return (ranks[yes].sum() - count * (count + 1) / 2) / (count * (len(label) - count))


def cheapest(label, score):
    """The threshold with the least cost on these rows, among the hundredths from 0.05 to 0.95."""
    grid = np.round(np.arange(0.05, 0.96, 0.01), 2)
    return float(grid[np.argmin([cost(label, score >= one) for one in grid])])


def cost(label, doubtful):
    """Mean cost a booking, in EUR: rooms left empty, and guests sent to another hotel."""
    label, doubtful = np.asarray(label), np.asarray(doubtful)
    prices = config()["costs"]
    wrong = prices["false_positive"] * (doubtful & (label == 0))
    missed = prices["false_negative"] * (~doubtful & (label == 1))
    return float(np.mean(wrong + missed))


def evaluate(table, resamples=200):
    """The metrics with intervals; what arrives on one day is resampled together.

    Everything is measured on the most honest part there is, and the AUC on validation beside it.
    """
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        how = {"resamples": resamples, "part": part}
        if rows.empty:
            continue
        if found:
            label, score = rows["label"], rows["score"]
            return found | {
                "auc_validation": interval(auc, label, score, groups=rows["group"], **how)
            }
        found = whole(rows, how)
    return found


def whole(rows, how):
    """Every metric of one part."""
    label, score, simple = rows["label"], rows["score"], rows["baseline"]
    days = {"groups": rows["group"], **how}
    found = {
        "auc": interval(auc, label, score, **days),
        "auc_baseline": interval(auc, label, simple, **days),
        "auc_gain": gain(auc, label, score, simple, **days),
        "average_precision": interval(average_precision_score, label, score, **days),
        "brier": interval(brier_score_loss, label, score, **days),
    }
    for name, some in rows.groupby("hotel"):
        key = f"auc_{name.split()[0].lower()}"
        found[key] = interval(auc, some["label"], some["score"], groups=some["group"], **how)
    return found


def report(table, threshold, model, some):
    """What is no metric: the mark and what it saves, calibration, the time for one booking."""
    found = {"threshold": threshold}
    for part, rows in table.groupby("part"):
        label, doubtful = rows["label"], rows["score"] >= threshold
        tenth = pd.qcut(rows["score"], 10, duplicates="drop")
        said = rows.groupby(tenth, observed=True).agg(
            said=("score", "mean"), came_true=("label", "mean"), rows=("label", "size")
        )
        found[part] = {
            "cost_at_threshold": round(cost(label, doubtful), 2),
            "cost_trusting_all": round(cost(label, np.zeros(len(label), bool)), 2),
            "cost_doubting_all": round(cost(label, np.ones(len(label), bool)), 2),
            "doubted": round(float(doubtful.mean()), 4),
            "kept_among_doubted": round(float(1 - label[doubtful].mean()), 4),
            "calibration": said.round(4).to_dict("records"),
        }
    return found | {"latency_ms": latency(model, some)}


def latency(model, some, times=40):
    """Milliseconds to score one booking, from a row of the table to its chance."""
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
