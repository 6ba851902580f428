"""Width of an encoded table; the second route encodes a real one by scikit-learn."""

import math

import numpy as np

CASES = (
    ("flats", ("town", "heating", "district")),
    ("orders", ("payment", "country", "channel")),
    ("visits", ("ward", "insurer", "weekday")),
    ("loans", ("purpose", "housing", "job")),
)


def generate(rng):
    while True:
        what, names = CASES[rng.integers(len(CASES))]
        count = int(rng.integers(2, 4))
        levels = [int(v) for v in rng.integers(2, 13, size=count)]
        numeric = int(rng.integers(2, 9))
        drop = bool(rng.integers(2))
        answer = numeric + sum(levels) - drop * count
        wrong = {
            "numeric-columns-forgotten": answer - numeric,
            "dropped-level-miscounted": answer + count if drop else answer - count,
            "levels-multiplied": numeric + math.prod(levels),
            "one-column-per-variable": numeric + count,
        }
        if len({answer, *wrong.values()}) == 5:
            break
    feedback = {
        "numeric-columns-forgotten": "The numeric columns stay in the table: add them.",
        "dropped-level-miscounted": "Read once more whether one level of each variable is dropped.",
        "levels-multiplied": "Each variable is encoded by itself: add the numbers of levels, do not multiply them.",
        "one-column-per-variable": "One-hot encoding makes a column for each level, not one for each variable.",
    }
    each = " + ".join(f"({n} - 1)" if drop else str(n) for n in levels)
    return {
        "params": {
            "what": what,
            "numeric": numeric,
            "levels": ", ".join(f"{c} ({n} levels)" for c, n in zip(names, levels, strict=False)),
            "how": ", dropping the first level of each" if drop else ", keeping all levels",
            "why": f"${numeric} + {each} = {answer}$ columns.",
            "sizes": levels,
            "drop": drop,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.01,
        "unit": "columns",
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: encode a table in which every level occurs."""
    from sklearn.preprocessing import OneHotEncoder

    rows = max(params["sizes"])
    table = np.column_stack([np.arange(rows) % n for n in params["sizes"]])
    encoder = OneHotEncoder(drop="first" if params["drop"] else None)
    return params["numeric"] + encoder.fit_transform(table).shape[1]
