"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import json
import time

import numpy as np
import pandas as pd

from solution.config import arguments, config, write
from solution.features import features
from solution.intervals import gain, interval

CREW = 4
"""Hours that a crew needs in a row."""


def mae(label, forecast):
    """Mean absolute error, in cars an hour."""
    return float(np.mean(np.abs(np.asarray(label, float) - np.asarray(forecast, float))))


def evaluate(table, usual, resamples=400):
    """The metrics with intervals over days, on the most honest part; the error on validation too.

    Args:
        table: Predictions with ``part``. usual: Error of “as a week before” in training, the unit
            of MASE.
    """
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        how = {"groups": rows["group"], "resamples": resamples, "part": part}
        label, given, simple = rows["label"], rows["prediction"], rows["baseline"]
        end = f"_{part}" if found else ""
        found[f"mae{end}"] = interval(mae, label, given, **how)
        if end:
            break
        found["mae_baseline"] = interval(mae, label, simple, **how)
        found["mae_gain"] = gain(lambda y, p: -mae(y, p), label, given, simple, **how)
        found["mase"] = interval(lambda y, p: mae(y, p) / usual, label, given, **how)
        held = (label >= rows["low"]) & (label <= rows["high"])
        found["coverage_of_90"] = interval(lambda y, h: np.mean(h), label, held, **how)
        for name in ("kind_of_day", "light"):
            for kind, some in rows.groupby(name):
                how["groups"] = some["group"]
                key = f"mae_{kind.replace(' ', '_')}"
                found[key] = interval(mae, some["label"], some["prediction"], **how)
    return found


def plan(rows, column):
    """Cars in the four daytime hours that ``column`` finds quietest, mean over whole days."""
    spent = []
    for _, day in rows[rows["light"] == "day"].groupby("group"):
        if len(day) < 16:
            continue
        day = day.sort_values("date_time")
        sums = day[column].rolling(CREW).sum().to_numpy()[CREW - 1 :]
        start = int(sums.argmin())
        spent.append(day["label"].to_numpy()[start : start + CREW].sum())
    return round(float(np.mean(spent)), 1)


def report(table, model, some, history):
    """What is no metric: the plan in cars, the worst days, the time for a day of hours."""
    part = "test" if (table["part"] == "test").any() else "validation"
    rows = table[table["part"] == part]
    off = (rows["label"] - rows["prediction"]).abs()
    worst = off.groupby(rows["group"]).mean().nlargest(8).round(1)
    return {
        "cars_in_four_hours": {
            "by_the_forecast": plan(rows, "prediction"),
            "as_a_week_before": plan(rows, "baseline"),
            "best_possible": plan(rows, "label"),
        },
        "worst_days": worst.to_dict(),
        "latency_ms": latency(model, some, history),
    }


def latency(model, some, history, times=20):
    """Milliseconds to forecast the 24 hours of a day."""
    spent = []
    for place in range(times):
        start = time.perf_counter()
        model.predict(features(some.iloc[24 * place : 24 * place + 24], history))
        spent.append(1000 * (time.perf_counter() - start))
    return {f"p{q}": round(float(np.percentile(spent, q)), 1) for q in (50, 95)}


def main():
    """Read the predictions of the last run and measure them again."""
    given = arguments(__doc__)
    found = pd.read_parquet(given.out / config()["output"]["predictions"])
    facts = json.loads((given.out / "report.json").read_text("utf-8"))
    write(given, metrics=evaluate(found, facts["naive_error_in_training"]))


if __name__ == "__main__":
    main()
