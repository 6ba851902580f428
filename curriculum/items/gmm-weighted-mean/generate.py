"""Responsibility-weighted mean of four values."""

import numpy as np

from journeyman.core.tex import number

THINGS = (
    "waiting times in minutes",
    "ages of visitors in years",
    "delivery distances in kilometres",
    "lengths of calls in minutes",
    "leaf widths in millimetres",
    "download sizes in megabytes",
    "weights of parcels in kilograms",
    "hourly wages in euros",
)
FEEDBACK = {
    "m-step-divided-by-n": "You divided by the number of values. The component owns only part of each; divide "
    "by the total of its responsibilities.",
    "responsibilities-rounded": "You gave each value wholly to one component, as k-means does. Keep the shares.",
    "responsibilities-ignored": "That is the plain mean. Weight the values by their responsibilities.",
}


def generate(rng):
    while True:
        x = np.sort(rng.choice(np.arange(5, 60), 4, replace=False))
        r = np.sort(rng.choice(np.arange(5, 100, 5), 4, replace=False))[::-1] / 100
        if not 1 <= (r > 0.5).sum() <= 3 or 0.5 in r:
            continue
        answer = float((r * x).sum() / r.sum())
        wrong = {
            "m-step-divided-by-n": float((r * x).mean()),
            "responsibilities-rounded": float(x[r > 0.5].mean()),
            "responsibilities-ignored": float(x.mean()),
        }
        texts = {f"{v:.2f}" for v in (answer, *wrong.values())}
        if len(texts) == 4 and all(abs(v - answer) > 0.5 for v in wrong.values()):
            break
    cells = [" & ".join(number(float(v)) for v in row) for row in (x, r)]
    return {
        "params": {
            "things": THINGS[rng.integers(len(THINGS))],
            "table": rf"\begin{{array}}{{l|cccc}}\text{{value}} & {cells[0]}\\ "
            rf"\text{{responsibility}} & {cells[1]}\end{{array}}",
            "sum": number(float((r * x).sum()), 6),
            "size": number(float(r.sum())),
            "answer": f"{answer:.2f}",
            "rows": [x.tolist(), r.tolist()],
        },
        "answer": f"{answer:.2f}",
        "distractors": [
            {"value": f"{value:.2f}", "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: give each value as many copies as its responsibility has hundredths; take the mean."""
    copies = [v for v, r in zip(*params["rows"], strict=True) for _ in range(round(100 * r))]
    return f"{sum(copies) / len(copies):.2f}"
