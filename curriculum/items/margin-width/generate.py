"""Distance between the two edges of a margin."""

import math
from itertools import combinations

from journeyman.core.tex import number, vector

TRIPLES = ((3, 4, 5), (4, 3, 5), (5, 12, 13), (8, 6, 10), (8, 15, 17), (7, 24, 25), (12, 16, 20))
THINGS = ("apples", "screws", "leaves", "bottles", "coins", "tiles", "seeds")
FEEDBACK = {
    "half-of-margin": "That is the distance from the boundary to one edge. The margin has two sides.",
    "margin-is-norm": "That is the length of w. A longer w means a narrower margin.",
    "margin-by-squared-norm": "You divided by the squared length. Use the length itself.",
}


def generate(rng):
    while True:
        p, q, r = TRIPLES[rng.integers(len(TRIPLES))]
        scale = float(rng.choice((0.1, 0.2, 0.3, 0.4, 0.5)))
        signs = rng.choice((-1, 1), 2)
        w = [round(float(signs[0]) * p * scale, 2), round(float(signs[1]) * q * scale, 2)]
        length = r * scale
        answer = 2 / length
        wrong = {
            "half-of-margin": 1 / length,
            "margin-is-norm": length,
            "margin-by-squared-norm": 2 / length**2,
        }
        if all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    b = round(float(rng.integers(-30, 31)) / 10, 1)
    return {
        "params": {
            "things": THINGS[rng.integers(len(THINGS))],
            "w": vector(w),
            "b": number(b),
            "length": number(length),
            "answer": f"{answer:.2f}",
            "entries": [w, b],
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
    """Second route: walk from a point of one edge along w until the other edge, and measure the walk."""
    (w1, w2), b = params["entries"]
    start = (0.0, (-1 - b) / w2)  # on the edge with value -1
    step = 2 / (w1 * w1 + w2 * w2)  # raises w . x by 2
    end = (start[0] + step * w1, start[1] + step * w2)
    assert math.isclose(w1 * end[0] + w2 * end[1] + b, 1, abs_tol=1e-9)
    return math.dist(start, end)
