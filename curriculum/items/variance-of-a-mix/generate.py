"""A quadratic form read as the variance of a weighted sum of two quantities."""

import numpy as np

from journeyman.core.tex import matrix

CASES = (
    "The daily returns of two funds (in %)",
    "The weekly sales of two shops (in thousands)",
    "The errors of two sensors (in mm)",
    "The errors of two forecasts (in MW)",
    "The delays of two trains (in minutes)",
)


def generate(rng):
    story = CASES[rng.integers(len(CASES))]
    while True:
        first, second = (int(v) for v in rng.integers(2, 13, size=2))
        shared = int(rng.integers(-5, 6))
        w = [int(rng.integers(1, 4)), int(rng.choice((-2, -1, 2, 3)))]
        if shared == 0 or first * second <= shared**2 or abs(w[0] * w[1]) == 1:
            continue
        squares = w[0] ** 2 * first + w[1] ** 2 * second
        cross = w[0] * w[1] * shared
        answer = squares + 2 * cross
        wrong = {
            "cross-term-once": squares + cross,
            "cross-term-missing": squares,
            "weights-not-squared": w[0] * first + w[1] * second + 2 * cross,
        }
        if len({answer, *wrong.values()}) == 4:
            break
    feedback = {
        "cross-term-once": "The covariance stands twice in the matrix; you counted it once.",
        "cross-term-missing": "You added the weighted variances only. The two are correlated.",
        "weights-not-squared": "A factor in front of a quantity multiplies its variance by the square of the factor.",
    }
    return {
        "params": {
            "story": story,
            "sigma": matrix([[first, shared], [shared, second]]),
            "w0": w[0],
            "w1": w[1],
            "mix": f"{_times(w[0])}X_1 {'+' if w[1] > 0 else '-'} {_times(abs(w[1]))}X_2",
            "terms": rf"{w[0]}^2 \cdot {first} + ({w[1]})^2 \cdot {second} + 2 \cdot {w[0]} \cdot ({w[1]}) \cdot ({shared})",
            "answer": answer,
            "rows": [[first, shared], [shared, second]],
            "weights": w,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.01,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def _times(factor):
    return "" if factor == 1 else rf"{factor}\,"


def check(params):
    """Second route: the squared length of L'w for the Cholesky factor L."""
    factor = np.linalg.cholesky(np.array(params["rows"], float))
    return float(np.sum((factor.T @ np.array(params["weights"])) ** 2))
