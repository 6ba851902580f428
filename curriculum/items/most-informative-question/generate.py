"""Three splits: the most informative, one with a small pure part, and an even one that tells little."""

import math

WHO = (
    ("customers", "left", "stayed"), ("patients", "came back", "recovered"), ("loans", "failed", "were repaid"),
    ("machines", "broke down", "ran on"), ("parcels", "were late", "were on time"), ("pupils", "passed", "did not pass"),
)  # fmt: skip


def entropy(*counts):
    total = sum(counts)
    return -sum(c / total * math.log2(c / total) for c in counts if c)


def remainder(a, b):
    """Mean entropy after a split whose first part holds a of 20 and b of 20."""
    parts = ((a, b), (20 - a, 20 - b))
    return sum(sum(part) / 40 * entropy(*part) for part in parts)


def generate(rng):
    while True:
        best = (int(rng.integers(13, 19)), int(rng.integers(2, 8)))
        pure = (int(rng.integers(2, 7)), 0)
        even = (int(rng.integers(11, 14)), 0)
        even = (even[0], 20 - even[0])
        left = [remainder(*split) for split in (best, pure, even)]
        if left[0] + 0.03 < min(left[1:]):
            break
    who, yes, no = WHO[rng.integers(len(WHO))]
    splits = {"best": best, "pure": pure, "even": even}
    order = [list(splits)[i] for i in rng.permutation(3)]
    params = {"who": who, "yes": yes, "no": no}
    for letter, name in zip("abc", order, strict=True):
        a, b = splits[name]
        params |= {f"{letter}y": a, f"{letter}n": b, f"{letter}Y": 20 - a, f"{letter}N": 20 - b}
    label = {name: f"Question {letter}" for letter, name in zip("ABC", order, strict=True)}
    params["after"] = ", ".join(f"{remainder(*splits[name]):.3f}" for name in order)
    params["right"] = label["best"]
    return {
        "params": params,
        "answer": label["best"],
        "distractors": [
            {"value": label["pure"], "misconception": "pure-part-outweighs-all",
             "feedback": "One part is pure, but it is small; most cases are in the other part, which is nearly as mixed as before. Weight the parts."},
            {"value": label["even"], "misconception": "even-halves-taken-for-information",
             "feedback": "Parts of equal size are not the aim. In both, the two outcomes are nearly balanced still."},
        ],
    }  # fmt: skip


def check(params):
    """Second route: mutual information by scikit-learn, on the forty cases written out."""
    import numpy as np
    from sklearn.metrics import mutual_info_score

    gains = {}
    for letter in "abc":
        counts = [params[letter + key] for key in "ynYN"]
        gains[letter] = mutual_info_score(np.repeat([1, 0, 1, 0], counts), np.repeat([1, 1, 0, 0], counts))
    return f"Question {max(gains, key=gains.__getitem__).upper()}"
