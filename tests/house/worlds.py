"""Small tables whose truth is known."""

import numpy as np
import pandas as pd


def plain(rows=240, seed=0):
    """Two columns decide, one is noise."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.normal(size=(rows, 3)), columns=["a", "b", "noise"])
    return table, (2 * table.a - table.b + 0.3 * rng.normal(size=rows)).to_numpy()


def messy(rows=300, seed=0):
    """Numbers, numbers as strings, categories, dates, texts, an id, a constant, missing cells."""
    rng = np.random.default_rng(seed)
    colour = rng.choice(["red", "green", "blue"], rows)
    size = rng.normal(10, 3, rows)
    day = pd.Timestamp("2024-03-01") + pd.to_timedelta(rng.integers(0, 300, rows), "D")
    good = rng.random(rows) < 0.5
    words = np.where(good, "lovely and warm quite soft", "broken and cold rather hard")
    text = [f"{word} item {i} from batch {i % 17}" for i, word in enumerate(words)]
    table = pd.DataFrame(
        {
            "colour": colour,
            "size": np.where(rng.random(rows) < 0.1, np.nan, size),
            "price": [f"{value:.2f}" for value in rng.gamma(2, 5, rows)],
            "day": pd.Series(day).dt.strftime("%Y-%m-%d"),
            "text": text,
            "id": [f"c{i:05d}x" for i in range(rows)],
            "same": "yes",
            "flag": rng.random(rows) < 0.3,
        }
    )
    table.loc[rng.random(rows) < 0.05, "colour"] = None
    score = (colour == "red") + 0.4 * (size - 10) / 3 + 1.5 * good + 0.3 * rng.normal(size=rows)
    return table, score


class Never:
    """A model that never ends."""

    def get_params(self, deep=True):
        return {}

    def set_params(self, **given):
        return self

    def fit(self, matrix, target):
        while True:
            pass


class Dies(Never):
    """A model that takes its process with it."""

    def fit(self, matrix, target):
        import os

        os._exit(9)


class Breaks(Never):
    """A model that raises."""

    def fit(self, matrix, target):
        raise ZeroDivisionError("no\nsecond line")
