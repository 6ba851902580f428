"""Laplace smoothing with counts that can be zero."""

from collections import Counter

CASES = (
    ("mail", "spam", "invoice"),
    ("reviews", "positive", "sturdy"),
    ("help-desk tickets", "network", "router"),
    ("news", "sport", "league"),
    ("job adverts", "nursing", "ward"),
    ("complaints", "delivery", "late"),
    ("recipes", "dessert", "vanilla"),
    ("reports", "accident", "ladder"),
)
FEEDBACK = {
    "smoothing-forgotten": "That is the plain share. Smoothing adds to every count.",
    "smoothing-numerator-only": "You added one to this word alone; the shares of all words would then "
    "add up to more than one.",
    "smoothing-adds-one-to-total": "The total grows by one for each word of the vocabulary, not by one "
    "in all.",
}


def _share(count, total):
    return f"${count}/{total}$"


def generate(rng):
    size, c = int(rng.integers(20, 400)) * 10, int(rng.integers(0, 9))
    total = int(rng.integers(100, 900)) * 10
    mail, label, word = CASES[rng.integers(len(CASES))]
    values = {
        "smoothing-forgotten": _share(c, total),
        "smoothing-numerator-only": _share(c + 1, total),
        "smoothing-adds-one-to-total": _share(c + 1, total + 1),
    }
    return {
        "params": {
            "mail": mail,
            "label": label,
            "word": word,
            "total": total,
            "size": size,
            "c": c,
            "count": {0: "not once", 1: "once"}.get(c, f"{c} times"),
            "plus": c + 1,
            "whole": total + size,
        },
        "answer": _share(c + 1, total + size),
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in values.items()
        ],
    }


def check(params):
    """Second route: write every word of the vocabulary once more and count what is there."""
    counts = Counter({0: params["c"], 1: params["total"] - params["c"]})  # 0 is the word asked for
    counts.update(range(params["size"]))
    return _share(counts[0], counts.total())
