"""Weighted Gini of two leaves with unequal sizes."""

import math
from itertools import combinations, product

CASES = (
    ("The rows are loans.", "repaid", "not repaid"),
    ("The rows are customers.", "who stayed", "who left"),
    ("The rows are parts.", "sound", "broken"),
    ("The rows are patients.", "recovered", "readmitted"),
    ("The rows are parcels.", "on time", "late"),
    ("The rows are messages.", "wanted", "unwanted"),
    ("The rows are seeds.", "sprouted", "rotten"),
)
FEEDBACK = {
    "leaves-not-weighted": "You averaged the two leaves as if they were equally large. Weight them by "
    "their rows.",
    "parent-impurity": "That is the impurity before the split.",
    "entropy-for-gini": "That is the weighted entropy in bits. Gini uses squared shares.",
}


def _gini(*counts):
    return 1 - sum((c / sum(counts)) ** 2 for c in counts)


def _entropy(*counts):
    return -sum(c / sum(counts) * math.log2(c / sum(counts)) for c in counts if c)


def generate(rng):
    while True:
        a, b, c, d = (int(v) for v in rng.integers(0, 13, 4))
        left, right = a + b, c + d
        if min(left, right) < 3 or a * d == b * c:
            continue
        n = left + right
        answer = (left * _gini(a, b) + right * _gini(c, d)) / n
        wrong = {
            "leaves-not-weighted": (_gini(a, b) + _gini(c, d)) / 2,
            "parent-impurity": _gini(a + c, b + d),
            "entropy-for-gini": (left * _entropy(a, b) + right * _entropy(c, d)) / n,
        }
        if all(abs(p - q) > 0.004 for p, q in combinations([answer, *wrong.values()], 2)):
            break
    story, yes, no = CASES[rng.integers(len(CASES))]
    return {
        "params": {
            "story": story,
            "yes": yes,
            "no": no,
            **dict(zip("abcd", (a, b, c, d), strict=True)),
            "left": left,
            "right": right,
            "n": n,
            "gini_left": f"{_gini(a, b):.3f}",
            "gini_right": f"{_gini(c, d):.3f}",
            "answer": f"{answer:.3f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.00051,
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: list all ordered pairs of rows of a leaf and count those of different class."""
    total = 0.0
    for yes, no in (("a", "b"), ("c", "d")):
        rows = [1] * params[yes] + [0] * params[no]
        total += sum(p != q for p, q in product(rows, rows)) / len(rows)
    return total / params["n"]
