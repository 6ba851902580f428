"""Hear digits: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import softmax

from solution.config import arguments, saved
from solution.data import clean
from solution.features import features


def scores(model, made):
    """A score for each digit; shape (recordings, 10).

    A kernel machine compares each pair of digits. Each pair counts between -1 and 1: plain votes
    are alike for the sure and the unsure, plain distances let one far pair outweigh all others.
    """
    found = model.decision_function(made)
    if found.shape[1] == 10:
        return found
    total = np.zeros((len(made), 10))
    for pair, (one, other) in zip(np.tanh(3 * found).T, combinations(range(10), 2), strict=True):
        total[:, one] += pair
        total[:, other] -= pair
    return total


def predictions(table, chance, baseline=None):
    """``id``, ``prediction`` (a digit), a chance for each; label, voice and part where known."""
    found = table[["id"]].copy()
    if "digit" in table:
        found["label"] = table["digit"]
    found["prediction"] = chance.argmax(axis=1)
    for place in range(chance.shape[1]):
        found[f"probability_{place}"] = chance[:, place]
    if baseline is not None:
        found["baseline"] = baseline
    return found.join(table[[name for name in ("part", "speaker") if name in table]])


def main():
    """Read raw recordings, write digits, chances and questions in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of recordings in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    table = clean(pd.read_parquet(given.rows))
    chance = softmax(last["sharpness"] * scores(last["model"], features(table)), axis=1)
    found = predictions(table, chance)
    found["ask_again"] = chance.max(axis=1) < last["threshold"]
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} digits are heard in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
