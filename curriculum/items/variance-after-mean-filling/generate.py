"""How mean filling shrinks the variance; the second route fills a real column."""

import numpy as np

CASES = (
    ("waiting times", "min²"),
    ("body weights", "kg²"),
    ("basket values", "€²"),
    ("temperatures", "°C²"),
    ("delivery times", "h²"),
)


def generate(rng):
    while True:
        n = int(rng.choice([20, 40, 50, 60, 80, 100, 200]))
        m = int(round(n * float(rng.choice([0.1, 0.2, 0.25, 0.3, 0.4]))))
        variance = int(rng.integers(4, 90))
        known = n - m
        answer = variance * known / n
        wrong = {
            "filling-keeps-variance": variance,
            "variance-grows-by-filling": variance * n / known,
            "spread-shrunk-twice": variance * (known / n) ** 2,
        }
        values = sorted((answer, *wrong.values()))
        if known % 2 == 0 and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.05:
            break
    feedback = {
        "filling-keeps-variance": "Filling keeps the mean, not the variance: the filled values lie exactly on the mean.",
        "variance-grows-by-filling": "Filled values lie on the mean, so the spread cannot grow. Which number do you divide by now?",
        "spread-shrunk-twice": "You applied the share of known values twice. The sum of squares itself does not change.",
    }
    rows, unit = CASES[rng.integers(len(CASES))]
    return {
        "params": {
            "n": n,
            "m": m,
            "known": known,
            "variance": variance,
            "rows": rows,
            "unit_name": unit,
            "answer": f"{answer:.2f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0101,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: build a column with that variance, fill it and measure."""
    half = params["known"] // 2
    known = 50 + np.sqrt(params["variance"]) * np.repeat([-1.0, 1.0], half)
    return np.var(np.concatenate([known, np.full(params["m"], known.mean())]))
