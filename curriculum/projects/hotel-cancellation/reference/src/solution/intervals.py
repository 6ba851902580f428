"""A score with its 95 % interval, by the bootstrap over rows or over groups of rows."""

import numpy as np


def _draws(rows, groups, resamples, seed):
    """Yield row numbers, drawn with replacement; rows of one group come and go together."""
    rng = np.random.default_rng(seed)
    if groups is None:
        for _ in range(resamples):
            yield rng.integers(rows, size=rows)
        return
    order = np.argsort(np.asarray(groups), kind="stable")
    _, starts = np.unique(np.asarray(groups)[order], return_index=True)
    blocks = np.split(order, starts[1:])
    for _ in range(resamples):
        yield np.concatenate([blocks[i] for i in rng.integers(len(blocks), size=len(blocks))])


def interval(score, *columns, groups=None, part="test", resamples=200, seed=0):
    """``score(*columns)`` with the 2.5 % and 97.5 % quantiles of its resamples.

    Args:
        score: Takes arrays of equal length and gives a number.
        columns: The arrays, such as labels and predictions.
        groups: What belongs together (a day, a person): such rows are not independent, and an
            interval over single rows would be too narrow.
        part: Noted in the result: which rows these are.
    """
    arrays = [np.asarray(column) for column in columns]
    drawn = []
    for rows in _draws(len(arrays[0]), groups, resamples, seed):
        found = [array[rows] for array in arrays]
        if len(np.unique(found[0])) > 1:  # a resample with one class has no score
            drawn.append(score(*found))
    low, high = np.quantile(drawn, [0.025, 0.975]) if drawn else (float("nan"),) * 2
    return {
        "value": round(float(score(*arrays)), 5),
        "low": round(float(low), 5),
        "high": round(float(high), 5),
        "rows": len(arrays[0]),
        "part": part,
    }


def gain(score, label, new, old, **keywords):
    """How much better ``new`` scores than ``old``, both on the same resampled rows."""
    return interval(lambda y, a, b: score(y, a) - score(y, b), label, new, old, **keywords)
