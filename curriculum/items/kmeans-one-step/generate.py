"""Assignment and update in one dimension."""

from itertools import combinations

import numpy as np

from journeyman.core.tex import number

STORIES = (
    "A shop groups customers by visits per month.",
    "A clinic groups patients by age.",
    "A carrier groups parcels by weight in kilograms.",
    "A town groups flats by heating bill in euros per month.",
    "A nursery groups seedlings by height in centimetres.",
    "A help desk groups calls by length in minutes.",
)
FEEDBACK = {
    "centre-averaged-in": "The old centre is not one of the values. The new one is the mean of the values "
    "alone.",
    "groups-of-equal-size": "You split the values into halves. Each value goes to its nearest centre, so the "
    "groups may differ in size.",
    "centre-midrange": "That is half-way between the smallest and the largest of the group. Take the mean.",
}


def generate(rng):
    while True:
        x = np.sort(rng.choice(np.arange(1, 60), 6, replace=False))
        c1, c2 = (int(v) for v in np.sort(rng.choice(np.arange(5, 55), 2, replace=False)))
        border = (c1 + c2) / 2
        group = x[x > border]
        if border in x or not 2 <= group.size <= 4 or group.size == 3:
            continue
        answer = float(group.mean())
        wrong = {
            "centre-averaged-in": float((group.sum() + c2) / (group.size + 1)),
            "groups-of-equal-size": float(x[3:].mean()),
            "centre-midrange": float((group[0] + group[-1]) / 2),
        }
        if group.size == 2:  # the mean of two is their midrange
            wrong.pop("centre-midrange")
        if all(abs(a - b) > 0.05 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))],
            "values": ", ".join(str(v) for v in x),
            "c1": c1,
            "c2": c2,
            "border": number(border),
            "group": ", ".join(str(v) for v in group),
            "answer": f"{answer:.2f}",
            "x": x.tolist(),
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0051,
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: compare squared distances value by value, then search the least sum of squares."""
    from scipy.optimize import minimize_scalar

    old = params["c1"], params["c2"]
    own = [v for v in params["x"] if (v - old[1]) ** 2 < (v - old[0]) ** 2]
    return minimize_scalar(lambda centre: sum((v - centre) ** 2 for v in own)).x
