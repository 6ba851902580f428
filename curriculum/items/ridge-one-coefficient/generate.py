"""Closed form of ridge for one centred feature."""

from itertools import combinations

import numpy as np

STORIES = (
    "$x$ is the size of a shop and $y$ its daily sales, both as differences from their means.",
    "$x$ is the dose and $y$ the fall in blood pressure, both as differences from their means.",
    "$x$ is the temperature and $y$ the ice cream sold, both as differences from their means.",
    "$x$ is the hours of study and $y$ the mark, both as differences from their means.",
    "$x$ is the speed and $y$ the fuel used, both as differences from their means.",
)
FEEDBACK = {
    "penalty-ignored": "That is the plain least-squares slope. The penalty shrinks it.",
    "penalty-subtracted-from-slope": "You took a constant off, as lasso does. Ridge adds to the denominator.",
    "slope-divided-by-one-plus-penalty": "That holds only if the squares of x add up to one. Use the sum of "
    "squares here.",
    "penalty-added-to-numerator": "The penalty belongs to the denominator: it makes the slope smaller.",
}


def generate(rng):
    while True:
        x = rng.integers(-4, 5, 4)
        y = rng.integers(1, 4) * x + rng.integers(-3, 4, 4)
        x, y = np.append(x, -x.sum()), np.append(y, -y.sum())
        strength = int(rng.choice((2, 4, 5, 8, 10, 20)))
        sxx, sxy = int((x**2).sum()), int((x * y).sum())
        if sxx == 0 or sxy <= 0 or np.abs(np.concatenate([x, y])).max() > 15:
            continue
        plain, answer = sxy / sxx, sxy / (sxx + strength)
        wrong = {
            "penalty-ignored": plain,
            "penalty-subtracted-from-slope": plain - strength,
            "slope-divided-by-one-plus-penalty": plain / (1 + strength),
            "penalty-added-to-numerator": (sxy + strength) / sxx,
        }
        if all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    cells = [" & ".join(str(v) for v in row) for row in (x, y)]
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))],
            "table": rf"\begin{{array}}{{c|ccccc}}x & {cells[0]}\\ y & {cells[1]}\end{{array}}",
            "strength": strength,
            "sxx": sxx,
            "sxy": sxy,
            "plain": f"{plain:.2f}",
            "answer": f"{answer:.2f}",
            "x": x.tolist(),
            "y": y.tolist(),
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
    """Second route: plain least squares with one made-up row, x = sqrt(lambda) and y = 0."""
    x = np.array([*params["x"], params["strength"] ** 0.5])[:, None]
    y = np.array([*params["y"], 0.0])
    return float(np.linalg.lstsq(x, y, rcond=None)[0][0])
