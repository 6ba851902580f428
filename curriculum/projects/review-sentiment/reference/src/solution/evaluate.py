"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import time

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix

from solution.config import arguments, config, write
from solution.features import features
from solution.intervals import gain, interval


def qwk(label, given):
    """Cohen's kappa with quadratic weights: 1 minus squared distance over that of chance."""
    label, given = np.asarray(label, float), np.asarray(given, float)
    chance = label.var() + given.var() + (label.mean() - given.mean()) ** 2
    return 1 - np.mean((label - given) ** 2) / chance if chance else 0.0


def off_by_three(label, given):
    """The share of texts that are wrong by three stars or more."""
    return float(np.mean(np.abs(np.asarray(label) - np.asarray(given)) >= 3))


def evaluate(table, resamples=200):
    """The metrics with intervals over articles, on the most honest part; QWK on validation too."""
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        how = {"groups": rows["group"], "resamples": resamples, "part": part}
        label, given, simple = rows["label"], rows["prediction"], rows["baseline"]
        end = f"_{part}" if found else ""
        found[f"qwk{end}"] = interval(qwk, label, given, **how)
        if end:
            break
        found |= {
            "qwk_baseline": interval(qwk, label, simple, **how),
            "qwk_gain": gain(qwk, label, given, simple, **how),
            "off_by_three": interval(off_by_three, label, given, **how),
            "accuracy": interval(lambda y, p: np.mean(y == p), label, given, **how),
        }
        for name, some in rows.groupby("age"):
            how["groups"] = some["group"]
            found[f"qwk_{name.replace(' ', '_')}"] = interval(
                qwk, some["label"], some["prediction"], **how
            )
    return found


def report(table, model, texts):
    """What is no metric: confusion, the heaviest words, the worst errors, the time for one text."""
    part = "test" if (table["part"] == "test").any() else "validation"
    rows = table[table["part"] == part]
    worst = rows.assign(off=(rows["expected"] - rows["label"]).abs()).nlargest(30, "off")
    read = texts.set_index("id").loc[worst["id"], "review_text"].str.slice(0, 160)
    seen = {"label": worst["label"], "expected": worst["expected"].round(2)}
    gallery = pd.DataFrame(seen).assign(text=list(read)).to_dict("records")
    names = model[0].get_feature_names_out()
    slope = model[1].coef_[4] - model[1].coef_[0]
    order = np.argsort(slope)
    return {
        "confusion": confusion_matrix(rows["label"], rows["prediction"]).tolist(),
        "confusion_most_probable": confusion_matrix(rows["label"], rows["baseline"]).tolist(),
        "words_for_one_star": [names[place].split("__")[1] for place in order[:15]],
        "words_for_five_stars": [names[place].split("__")[1] for place in order[::-1][:15]],
        "texts_without_words": int((rows["words"] == "none").sum()),
        "latency_ms": latency(model, texts),
        "errors": gallery,
    }


def latency(model, some, times=40):
    """Milliseconds to score one text, from a row of the table to its chances."""
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
