"""Slope of a simple regression on four rows."""

from itertools import combinations

import numpy as np

from journeyman.core.tex import number

STORIES = (
    "A workshop notes hours of training $x$ and parts finished per hour $y$ for four people.",
    "A shop notes the posters put up $x$ and the visitors per hour $y$ on four days.",
    "A clinic notes the staff on duty $x$ and the patients seen per hour $y$ on four days.",
    "A farm notes the weeks of growth $x$ and the height $y$ of four plants in centimetres.",
    "A help desk notes the open tickets $x$ and the waiting time $y$ in minutes at four moments.",
    "A bakery notes the temperature outside $x$ and the trays of ice cream sold $y$ on four days.",
)
FEEDBACK = {
    "regression-swapped": "You divided by the spread of y: that line predicts x from y.",
    "line-through-end-points": "That is the slope between the first and the last row. Least squares "
    "uses every row.",
    "line-through-origin": "That is the slope of a line forced through the origin. Take deviations "
    "from the means first.",
}


def generate(rng):
    while True:
        x = np.sort(rng.choice(np.arange(1, 10), 4, replace=False))
        y = rng.integers(4, 12) + rng.integers(1, 4) * x + rng.integers(-4, 5, 4)
        dx, dy = x - x.mean(), y - y.mean()
        sxx, sxy, syy = (dx**2).sum(), (dx * dy).sum(), (dy**2).sum()
        if syy == 0 or (y < 1).any():
            continue
        answer = sxy / sxx
        wrong = {
            "regression-swapped": sxy / syy,
            "line-through-end-points": (y[-1] - y[0]) / (x[-1] - x[0]),
            "line-through-origin": (x * y).sum() / (x**2).sum(),
        }
        if all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    cells = [" & ".join(str(v) for v in row) for row in (x, y)]
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))],
            "table": rf"\begin{{array}}{{c|cccc}}x & {cells[0]}\\ y & {cells[1]}\end{{array}}",
            "mean_x": number(float(x.mean())),
            "mean_y": number(float(y.mean())),
            "sxy": number(float(sxy), 6),
            "sxx": number(float(sxx), 6),
            "slope": f"{answer:.2f}",
            "x": x.tolist(),
            "y": y.tolist(),
        },
        "answer": float(answer),
        "rtol": 0,
        "atol": 0.0051,
        "distractors": [
            {"value": float(value), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: the mean of the slopes of all pairs of rows, weighted by squared distance in x."""
    rows = list(zip(params["x"], params["y"], strict=True))
    pairs = list(combinations(rows, 2))
    top = sum((b[0] - a[0]) * (b[1] - a[1]) for a, b in pairs)
    return top / sum((b[0] - a[0]) ** 2 for a, b in pairs)
