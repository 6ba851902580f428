"""Mean of the three nearest targets in one dimension."""

from itertools import combinations

import numpy as np

STORIES = (  # story, then y at x = 0, rise per unit of x, largest deviation from that line
    ("Six flats: area $x$ in square metres and price $y$ in thousand euros.", 40, 4.0, 60),
    ("Six trips: distance $x$ in kilometres and time $y$ in minutes.", 12, 1.1, 18),
    ("Six patients: age $x$ in years and length of stay $y$ in hours.", 20, 1.2, 30),
    ("Six days: visitors to the pool $x$ and ice creams sold $y$.", 5, 0.7, 15),
    ("Six machines: age $x$ in months and yearly cost of upkeep $y$ in euros.", 60, 5.0, 110),
    ("Six fields: rain in May $x$ in millimetres and harvest $y$ in tonnes.", 30, 0.6, 15),
)
FEEDBACK = {
    "nearest-one-only": "You used the nearest row alone. With k = 3 average three targets.",
    "all-rows-averaged": "You averaged all rows. Only the nearest three answer.",
    "farthest-for-nearest": "You took the three rows with the largest distances.",
}


def generate(rng):
    story, start, rise, spread = STORIES[rng.integers(len(STORIES))]
    while True:
        x = np.sort(rng.choice(np.arange(20, 90), 6, replace=False))
        y = (start + rise * x).astype(int) + rng.integers(-spread, spread + 1, 6)
        query = int(rng.integers(20, 90))
        distance = np.abs(x - query)
        order = distance.argsort(kind="stable")
        values = {
            "answer": y[order[:3]].mean(),
            "nearest-one-only": float(y[order[0]]),
            "all-rows-averaged": y.mean(),
            "farthest-for-nearest": y[order[3:]].mean(),
        }
        if (
            len(set(distance.tolist())) == 6
            and 0 not in distance
            and all(abs(a - b) > 0.5 for a, b in combinations(values.values(), 2))
        ):
            break
    answer = float(values.pop("answer"))
    near = np.sort(order[:3])
    cells = [" & ".join(str(v) for v in row) for row in (x, y)]
    return {
        "params": {
            "story": story,
            "table": rf"\begin{{array}}{{c|cccccc}}x & {cells[0]}\\ y & {cells[1]}\end{{array}}",
            "query": query,
            "distances": ", ".join(str(d) for d in distance),
            "neighbours": ", ".join(str(v) for v in x[near]),
            "sum": " + ".join(str(v) for v in y[near]),
            "mean": f"{answer:.1f}",
            "rows": [x.tolist(), y.tolist()],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.051,
        "distractors": [
            {"value": float(value), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in values.items()
        ],
    }


def check(params):
    """Second route: of all sets of three rows, the one with the smallest total distance."""
    rows = zip(*params["rows"], strict=True)
    best = min(combinations(rows, 3), key=lambda three: sum(abs(x - params["query"]) for x, _ in three))
    return sum(y for _, y in best) / 3
