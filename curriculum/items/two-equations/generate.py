"""Two equations in two unknowns with whole-number solutions."""

import numpy as np

CASES = (
    ("A clinic bills hours of a nurse ($x$ euros each) and of a doctor ($y$ euros each). Two of its bills:", "the price $x$ of a nurse's hour", (20, 40), (41, 60)),
    ("A café orders two blends of coffee at $x$ and $y$ euros a bag. Two of its orders, in euros:", "the price $x$ of the first blend", (4, 20), (4, 20)),
    ("Two kinds of lorry carry $x$ and $y$ tonnes. The loads of two convoys, in tonnes:", "the load $x$ of the first kind", (3, 25), (3, 25)),
    ("A theatre sells tickets to adults ($x$ euros) and children ($y$ euros). What two groups paid:", "the price $x$ of an adult's ticket", (15, 35), (5, 15)),
    ("Two machines make $x$ and $y$ parts per hour. Parts made in two shifts, with the hours of each machine:", "the rate $x$ of the first machine", (10, 60), (10, 60)),
)


def generate(rng):
    story, wanted, first, second = CASES[rng.integers(len(CASES))]
    while True:
        a, b, c, d = (int(v) for v in rng.integers(2, 8, size=4))
        x, y = int(rng.integers(*first)), int(rng.integers(*second))
        p, q = a * x + b * y, c * x + d * y
        determinant = a * d - b * c
        if determinant == 0 or x == y:
            continue
        wrong = {
            "other-unknown": y,
            "elimination-sign": (d * p + b * q) / (a * d + b * c),
            "other-unknown-ignored": p / a,
        }
        values = sorted([x, *wrong.values()])
        if min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.05:
            break
    feedback = {
        "other-unknown": "That is the value of $y$; the question asks for $x$.",
        "elimination-sign": "Check the signs: to remove an unknown, subtract one scaled equation from the other.",
        "other-unknown-ignored": "You used the first equation as if the other unknown were zero. Both equations are needed.",
    }
    return {
        "params": {
            "story": story,
            "wanted": wanted,
            "first": f"{a}x + {b}y = {p}",
            "second": f"{c}x + {d}y = {q}",
            "a": a,
            "c": c,
            "left": c * b - a * d,
            "right": c * p - a * q,
            "rest": f"{p} - {b * y} = {a * x}",
            "x": x,
            "y": y,
            "system": [[a, b, p], [c, d, q]],
        },
        "answer": x,
        "rtol": 0,
        "atol": 0.01,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: try every whole number up to 60 in both equations."""
    (a, b, p), (c, d, q) = params["system"]
    x, y = np.meshgrid(np.arange(61), np.arange(61))
    fits = (a * x + b * y == p) & (c * x + d * y == q)
    return int(x[fits].item())
