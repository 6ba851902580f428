"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import json
import time

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix

from solution.config import arguments, config, write
from solution.data import GARMENTS, pixels
from solution.features import features
from solution.intervals import gain, interval

CHANCES = [f"probability_{place}" for place in range(10)]


def accuracy(label, given):
    """The share of pictures on the right shelf."""
    return float(np.mean(np.asarray(label) == np.asarray(given)))


def cost(right, asked):
    """Mean cost a picture, in EUR: wrong shelves, and questions to a person."""
    prices = config()["prices"]
    wrong = prices["wrong_shelf"] * (~np.asarray(asked) & ~np.asarray(right))
    return float(np.mean(wrong + prices["asking"] * np.asarray(asked)))


def cheapest(table):
    """The threshold on the highest chance with the least cost on these rows."""
    right, sure = _right(table), table[CHANCES].to_numpy().max(axis=1)
    grid = np.round(np.arange(0.30, 1.0, 0.01), 2)
    return float(grid[np.argmin([cost(right, sure < one) for one in grid])])


def _right(table):
    return (table["label"] == table["prediction"]).to_numpy()


def evaluate(table, threshold, resamples=400):
    """The metrics with intervals, on the most honest part; accuracy on validation too."""
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        how = {"resamples": resamples, "part": part}
        label, given = rows["label"], rows["prediction"]
        end = f"_{part}" if found else ""
        found[f"accuracy{end}"] = interval(accuracy, label, given, **how)
        if end:
            break
        found["accuracy_baseline"] = interval(accuracy, label, rows["baseline"], **how)
        found["accuracy_gain"] = gain(accuracy, label, given, rows["baseline"], **how)
        sure = rows[CHANCES].max(axis=1) >= threshold
        found["accuracy_unasked"] = interval(accuracy, label[sure], given[sure], **how)
        for place, name in enumerate(GARMENTS):
            hit = (given == place)[label == place].to_numpy()
            found[f"recall_{name.lower()}"] = _share(hit, resamples, part)
    return found


def _share(hit, resamples, part):
    """A share of yes with its interval; ``interval`` would skip resamples that are all yes."""
    rng = np.random.default_rng(0)
    drawn = rng.binomial(len(hit), hit.mean(), resamples) / len(hit)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {"value": round(float(hit.mean()), 5), "low": round(float(low), 5),
            "high": round(float(high), 5), "rows": len(hit), "part": part}  # fmt: skip


def report(table, threshold, model, some):
    """What is no metric: questions and cost, calibration, confusion, the time for one picture."""
    part = "test" if (table["part"] == "test").any() else "validation"
    rows = table[table["part"] == part]
    right, sure = _right(rows), rows[CHANCES].to_numpy().max(axis=1)
    asked = sure < threshold
    said = pd.DataFrame({"said": sure, "came_true": right}).groupby(
        pd.cut(sure, [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0]), observed=True
    )
    bins = said.agg(said=("said", "mean"), came_true=("came_true", "mean"), rows=("said", "size"))
    worst = rows[~right].assign(sure=sure[~right]).nlargest(20, "sure")
    return {
        "threshold": threshold,
        "cost": round(cost(right, asked), 4),
        "cost_never_asking": round(cost(right, np.zeros(len(right), bool)), 4),
        "cost_always_asking": config()["prices"]["asking"],
        "asked": round(float(asked.mean()), 4),
        "calibration": bins.round(4).to_dict("records"),
        "confusion": confusion_matrix(rows["label"], rows["prediction"]).tolist(),
        "surest_errors": worst[["id", "label", "prediction"]].to_dict("records"),
        "latency_ms": latency(model, some),
    }


def shifted(model, some, dots):
    """The share of 2,000 pictures that are right when all lie so many dots to the right.

    Only for pictures that the model did not learn from.
    """
    some = some.iloc[:2000]
    edges = pd.DataFrame(features(np.roll(pixels(some), dots, axis=2)))
    edges.columns = edges.columns.astype(str)
    return round(accuracy(some["label"], model.predict(edges)), 4)


def latency(model, some, times=40):
    """Milliseconds to sort one picture, from its dots to its class."""
    spent = []
    for place in range(times):
        start = time.perf_counter()
        edges = pd.DataFrame(features(pixels(some.iloc[[place]])))
        edges.columns = edges.columns.astype(str)
        model.predict(edges)
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
