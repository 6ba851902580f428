"""Which summary an extreme value moves; the second route computes all of them."""

import numpy as np

CASES = (
    "A clinic records waiting times in minutes.",
    "A shop records baskets in euros.",
    "A depot records delivery times in hours.",
    "A workshop records weights of parts in grams.",
)
FRAGILE = {"mean": "The mean", "sd": "The standard deviation", "range": "The range", "largest": "The largest value"}
ROBUST = {
    "median": "The median",
    "iqr": "The interquartile range",
    "mad": "The median absolute deviation",
    "smallest": "The smallest value",
}
STAYS = ("robust-summary-thought-fragile", "This one depends on the order in the middle, or on the other end. Compute it before and after.")
MOVES = ("fragile-summary-thought-robust", "Every value, or the largest, enters into this one, so it moves. Compute it before and after.")


def generate(rng):
    low = int(rng.integers(10, 40))
    values = sorted(low + int(v) for v in rng.choice(range(30), size=9, replace=False))
    old, new = values[-1], values[-1] * 10
    if summary(values, "mad") != summary([*values[:-1], new], "mad"):
        return generate(rng)  # the largest value lay among the nearer half
    changes = bool(rng.integers(2))
    right_from, wrong_from = (FRAGILE, ROBUST) if changes else (ROBUST, FRAGILE)
    right = list(right_from)[rng.integers(4)]
    wrong = [list(wrong_from)[i] for i in rng.choice(4, size=3, replace=False)]
    shown = [int(v) for v in rng.permutation(values)]
    name, feedback = STAYS if changes else MOVES
    before, after = summary(values, right), summary([*values[:-1], new], right)
    text = right_from[right]
    why = (
        f"{text} goes from {before:.4g} to {after:.4g}; the others rest on values that did not change."
        if changes
        else f"{text} is {before:.4g} before and after: the mistyped value stays the largest, and nothing else moved. The others change."
    )
    return {
        "params": {
            "case": CASES[rng.integers(len(CASES))],
            "values": ", ".join(map(str, shown)),
            "data": shown,
            "old": old,
            "new": new,
            "changes": changes,
            "options": [right, *wrong],
            "question": "changes" if changes else "stays the same",
            "why": why,
        },
        "answer": text,
        "distractors": [
            {"value": wrong_from[key], "misconception": name, "feedback": feedback} for key in wrong
        ],
    }


def summary(values, name):
    x = np.asarray(values, float)
    return {
        "mean": x.mean(),
        "sd": x.std(ddof=1),
        "range": np.ptp(x),
        "largest": x.max(),
        "median": np.median(x),
        "iqr": np.subtract(*np.percentile(x, (75, 25))),
        "mad": np.median(np.abs(x - np.median(x))),
        "smallest": x.min(),
    }[name]


def check(params):
    """Second route: compute each summary before and after the error."""
    after = [params["new"] if v == params["old"] else v for v in params["data"]]
    names = {**FRAGILE, **ROBUST}
    (found,) = [
        name
        for name in params["options"]
        if (summary(params["data"], name) != summary(after, name)) == params["changes"]
    ]
    return names[found]
