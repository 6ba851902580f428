"""Honest numbers: ``python -m solution.evaluate`` recomputes them from predictions.parquet."""

import time

import numpy as np
import pandas as pd

from solution.config import arguments, config, write
from solution.intervals import interval
from solution.predict import top

FIRST = 10


def ndcg(group, label, score):
    """NDCG at 10 of each group, in the order of the groups' names; ties in the worse order.

    A film that was seen adds 1 / log2(place + 1); the sum is divided by the best possible one.
    """
    group, label, score = (np.asarray(one) for one in (group, label, score))
    order = np.lexsort((label, -score, group))
    group, label = group[order], label[order]
    names, starts, sizes = np.unique(group, return_index=True, return_counts=True)
    place = np.arange(len(group)) - np.repeat(starts, sizes)
    gains = np.where((place < FIRST) & (label > 0), 1 / np.log2(place + 2), 0)
    best = np.cumsum(1 / np.log2(np.arange(FIRST) + 2))
    wanted = np.minimum(np.add.reduceat(label, starts), FIRST)
    made = np.add.reduceat(gains, starts)
    return np.where(wanted > 0, made / best[np.maximum(wanted, 1) - 1], np.nan)[: len(names)]


def mean_ndcg(score, seen, wanted):
    """Mean NDCG at 10 over members, from grids; films of ``seen`` are no candidates."""
    rows, columns = np.nonzero(seen == 0)
    return float(np.nanmean(ndcg(rows, wanted[rows, columns].astype(int), score[rows, columns])))


def evaluate(table, resamples=1000):
    """The metrics with intervals over members, on the most honest part; NDCG on validation too."""
    found = {}
    for part in ("test", "validation"):
        rows = table[table["part"] == part]
        if rows.empty:
            continue
        new = ndcg(rows["group"], rows["label"], rows["prediction"])
        how = {"resamples": resamples, "part": part}
        end = f"_{part}" if found else ""
        found[f"ndcg@10{end}"] = interval(np.mean, new, **how)
        if end:
            break
        old = ndcg(rows["group"], rows["label"], rows["baseline"])
        found["ndcg@10_baseline"] = interval(np.mean, old, **how)
        found["ndcg@10_gain"] = interval(np.mean, new - old, **how)
        sizes = rows.groupby("group")["ratings_of_member"].first()
        for size in ("to 30", "31 to 100", "more"):
            some = new[(sizes == size).to_numpy()]
            if len(some):
                key = f"ndcg@10_members_with_{size.replace(' ', '_')}"
                found[key] = interval(np.mean, some, **how)
    return found  # “rows” are members here


def report(table, model, ratings):
    """What is no metric: how many films all lists show, hits, and the time for one list."""
    part = "test" if (table["part"] == "test").any() else "validation"
    rows = table[table["part"] == part]
    lists, plain = _shown(rows, "prediction"), _shown(rows, "baseline")
    popular = ratings["item_id"].value_counts().index[:50]
    spent = []
    for member in model["members"][:40]:
        start = time.perf_counter()
        top(model, member)
        spent.append(1000 * (time.perf_counter() - start))
    return {
        "films": int(ratings["item_id"].nunique()),
        "films_shown": int(lists["film"].nunique()),
        "films_shown_by_popularity": int(plain["film"].nunique()),
        "share_of_50_most_rated": round(float(lists["film"].isin(popular).mean()), 4),
        "members_with_a_hit": round(float(lists.groupby("group")["label"].max().mean()), 4),
        "members_with_a_hit_by_popularity": round(
            float(plain.groupby("group")["label"].max().mean()), 4
        ),
        "latency_ms": {f"p{q}": round(float(np.percentile(spent, q)), 1) for q in (50, 95)},
    }


def _shown(rows, column):
    """The first ten of each member, with the film's number."""
    first = (
        rows.sort_values(["group", column], ascending=[True, False]).groupby("group").head(FIRST)
    )
    return first.assign(film=first["id"] % 10_000)


def main():
    """Read the predictions of the last run and measure them again."""
    given = arguments(__doc__)
    found = pd.read_parquet(given.out / config()["output"]["predictions"])
    write(given, metrics=evaluate(found))


if __name__ == "__main__":
    main()
