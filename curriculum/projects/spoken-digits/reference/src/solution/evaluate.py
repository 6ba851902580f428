"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import json
import time

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix

from solution.config import arguments, config, write
from solution.features import features
from solution.intervals import gain, interval

CHANCES = [f"probability_{place}" for place in range(10)]


def macro_f1(label, given):
    """The mean over digits of the harmonic mean of precision and recall; 0 where neither is."""
    table = np.zeros((10, 10))
    np.add.at(table, (np.asarray(label), np.asarray(given)), 1)
    both = table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(2 * np.diag(table)[both > 0] / both[both > 0]))


def cost(right, asked):
    """Mean cost a digit, in EUR: wrong numbers, and callers who are asked again."""
    prices = config()["prices"]
    wrong = prices["wrong_digit"] * (~np.asarray(asked) & ~np.asarray(right))
    return float(np.mean(wrong + prices["asking_again"] * np.asarray(asked)))


def cheapest(table):
    """The threshold on the highest chance with the least cost on these rows."""
    right, sure = _right(table), table[CHANCES].to_numpy().max(axis=1)
    grid = np.round(np.arange(0.20, 1.0, 0.01), 2)
    return float(grid[np.argmin([cost(right, sure < one) for one in grid])])


def _right(table):
    return (table["label"] == table["prediction"]).to_numpy()


def evaluate(table, threshold, resamples=400):
    """The metrics with intervals over recordings, and the score of each voice.

    The intervals do not know how much another voice would differ; the voices' own scores do.
    """
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        how = {"resamples": resamples, "part": part}
        label, given = rows["label"], rows["prediction"]
        end = f"_{part}" if found else ""
        found[f"macro_f1{end}"] = interval(macro_f1, label, given, **how)
        if not end:
            found["macro_f1_baseline"] = interval(macro_f1, label, rows["baseline"], **how)
            found["macro_f1_gain"] = gain(macro_f1, label, given, rows["baseline"], **how)
            sure = rows[CHANCES].max(axis=1) >= threshold
            if sure.any():
                found["macro_f1_unasked"] = interval(macro_f1, label[sure], given[sure], **how)
        for voice, some in rows.groupby("speaker"):
            key = f"macro_f1_{voice}"
            found[key] = interval(macro_f1, some["label"], some["prediction"], **how)
    return found


def report(table, threshold, model, some):
    """What is no metric: questions and cost, confusion, the time for one digit."""
    found = {"threshold": threshold}
    for part, rows in table.groupby("part"):
        right, sure = _right(rows), rows[CHANCES].to_numpy().max(axis=1)
        asked = sure < threshold
        said = pd.DataFrame({"said": sure, "came_true": right}).groupby(
            pd.cut(sure, [0, 0.5, 0.7, 0.9, 1.0]), observed=True
        )
        calibration = said.agg(
            said=("said", "mean"), came_true=("came_true", "mean"), rows=("said", "size")
        )
        found[part] = {
            "cost": round(cost(right, asked), 4),
            "cost_never_asking": round(cost(right, np.zeros(len(right), bool)), 4),
            "asked": round(float(asked.mean()), 4),
            "six_digits_right": round(float(right.mean() ** 6), 4),
            "calibration": calibration.round(4).to_dict("records"),
            "confusion": confusion_matrix(rows["label"], rows["prediction"]).tolist(),
        }
    return found | {"latency_ms": latency(model, some)}


def latency(model, some, times=40):
    """Milliseconds to hear one digit, from its samples to its class."""
    spent = []
    for place in range(times):
        start = time.perf_counter()
        model.predict(features(some.iloc[[place]]))
        spent.append(1000 * (time.perf_counter() - start))
    return {f"p{q}": round(float(np.percentile(spent, q)), 1) for q in (50, 95)}


def main():
    """Read the predictions of the last run and measure them again."""
    given = arguments(__doc__)
    found = pd.read_parquet(given.out / config()["output"]["predictions"])
    facts = json.loads((given.out / "report.json").read_text("utf-8"))
    write(given, metrics=evaluate(found, facts["threshold"]))


if __name__ == "__main__":
    main()
