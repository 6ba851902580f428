"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import numpy as np
import pandas as pd

from solution.config import arguments, config, write
from solution.data import grid, load
from solution.evaluate import evaluate, mean_ndcg, report
from solution.features import popularity, recent
from solution.predict import predictions


def linear(seen, strength):
    """Weights that predict each film from all others, by ridge regression with no film from itself.

    EASE, after Steck (2019), Embarrassingly Shallow Autoencoders for Sparse Data.
    """
    gram = seen.T.astype(float) @ seen
    gram[np.diag_indices(len(gram))] += strength
    inverse = np.linalg.inv(gram)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


def neighbours(seen, shrink=10.0):
    """How often two films were seen by the same members, with less weight on popular ones."""
    counts = seen.sum(axis=0)
    near = seen.T @ seen / (np.outer(counts, counts) ** 0.4 + shrink)
    np.fill_diagonal(near, 0)
    return near


def candidates(seen):
    """Weights from films to films among which validation chooses, simplest first."""
    near = neighbours(seen)
    made = {"neighbours": near}
    for strength in (300.0, 600.0):
        made[f"linear, {strength:.0f}"] = linear(seen, strength)
    both = made["linear, 600"] / made["linear, 600"].std() + 0.5 * near / near.std()
    return made | {"linear and neighbours": both}


def scored(known, wanted, members, films, name):
    """Predictions of one model for all films that the members had not rated in ``known``."""
    weights = candidates(grid(known, members, films))[name]
    return predictions(
        known, wanted, members, films, recent(known, members, films) @ weights,
        popularity(known, members, films),
    )  # fmt: skip


def choose(known, wanted, members, films):
    """NDCG at 10 of every candidate on ``wanted``, and the best one's name."""
    seen = grid(known, members, films)
    plain = popularity(known, members, films)
    scores = {"popular films": round(mean_ndcg(plain, seen, grid(wanted, members, films)), 5)}
    for name, weights in candidates(seen).items():
        score = recent(known, members, films) @ weights
        scores[name] = round(mean_ndcg(score, seen, grid(wanted, members, films)), 5)
        print(f"{name}: NDCG at 10 {scores[name]:.4f} on validation", flush=True)
    return max((name for name in scores if name != "popular films"), key=scores.get), scores


def main():
    """One run: every choice on validation, then one look at the test part, if it is there."""
    given = arguments(__doc__)
    table = load(given.sample, given.seed)
    members, films = np.unique(table["user_id"]), np.unique(table["item_id"])
    early, late, test = (table[table["part"] == name] for name in ("train", "validation", "test"))
    best, scores = choose(early, late, members, films)
    found = scored(early, late, members, films, best).assign(part="validation")
    known = table[table["part"] != "test"]
    if len(test):
        last = scored(known, test, members, films, best).assign(part="test")
        found = pd.concat([last, found], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)

    model = {"members": members, "films": films, "recent": recent(known, members, films)}
    model["weights"] = candidates(grid(known, members, films))[best]
    joblib.dump(model, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample}
    facts = {"choice": scores, "rows": table["part"].value_counts().to_dict()}
    facts |= report(found, model, table)
    metrics = evaluate(found, resamples=100 if given.sample else 1000)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
