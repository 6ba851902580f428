"""Coefficient of a projection onto one column, against other averages of the ratios."""

import math

import numpy as np

CASES = (
    ("Three parcels and what they cost to send:", "weight (kg)", "cost (euros)"),
    ("Three taxi rides without a fixed fee:", "distance (km)", "fare (euros)"),
    ("Three walls and the paint that they took:", "area (m²)", "paint (litres)"),
    ("Three files and the time to copy them:", "size (GB)", "time (minutes)"),
    ("Three fields and their harvest:", "area (ha)", "harvest (tonnes)"),
)


def generate(rng):
    story, xname, yname = CASES[rng.integers(len(CASES))]
    while True:
        x = np.sort(rng.choice(np.arange(1, 11), size=3, replace=False))
        y = np.maximum(1, x * int(rng.integers(1, 5)) + rng.integers(-4, 6, size=3))
        xy, xx = int(x @ y), int(x @ x)
        answer = xy / xx
        wrong = {
            "mean-of-ratios": float(np.mean(y / x)),
            "ratio-of-totals": float(y.sum() / x.sum()),
            "projection-divided-by-length": xy / math.sqrt(xx),
        }
        values = sorted([answer, *wrong.values()])
        if min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.04:
            break
    feedback = {
        "mean-of-ratios": "You averaged the three ratios. Least squares gives large $x$ more say.",
        "ratio-of-totals": "You divided the totals. That line has errors that add up to zero, but not the smallest squares.",
        "projection-divided-by-length": "You divided by the length of $x$ once. The coefficient needs the squared length.",
    }
    return {
        "params": {
            "story": story,
            "xname": xname,
            "yname": yname,
            **{f"x{i}": int(v) for i, v in enumerate(x)},
            **{f"y{i}": int(v) for i, v in enumerate(y)},
            "xy": xy,
            "xx": xx,
            "shown": f"{answer:.2f}",
            "data": [x.tolist(), y.tolist()],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0055,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: the vertex of the sum of squares, from its value at three slopes."""
    x, y = (np.array(values, float) for values in params["data"])
    low, middle, high = (float(((y - s * x) ** 2).sum()) for s in (-1.0, 0.0, 1.0))
    return (low - high) / (2 * (low + high - 2 * middle))
