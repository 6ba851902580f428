"""Var(aX + bY) with a covariance, against forgotten squares and cross terms."""

import numpy as np

STORIES = (
    "$X$ and $Y$ are the daily sales of two shops.",
    "$X$ and $Y$ are the times of two stages of an operation.",
    "$X$ and $Y$ are the errors of two sensors.",
    "$X$ and $Y$ are the returns of two investments.",
)


def generate(rng):
    while True:
        a, b = int(rng.integers(1, 4)), int(rng.choice([-3, -2, -1, 1, 2, 3]))
        vx, vy, cov = int(rng.integers(2, 13)), int(rng.integers(2, 13)), int(rng.choice([-4, -3, -2, -1, 1, 2, 3, 4]))
        answer = a * a * vx + b * b * vy + 2 * a * b * cov
        wrong = {
            "covariance-term-dropped": a * a * vx + b * b * vy,
            "variance-factor-not-squared": a * vx + b * vy + 2 * a * b * cov,
            "covariance-not-doubled": a * a * vx + b * b * vy + a * b * cov,
            "variances-subtracted": a * a * vx - b * b * vy + 2 * a * b * cov,
        }
        if b > 0:
            del wrong["variances-subtracted"]
        if cov * cov < vx * vy and answer > 0 and len({answer, *wrong.values()}) == 1 + len(wrong):
            break
    feedback = {
        "covariance-term-dropped": "The two are not uncorrelated: the covariance term is missing.",
        "variance-factor-not-squared": "A factor acts squared on a variance.",
        "covariance-not-doubled": "The covariance comes in twice, once for each order of X and Y.",
        "variances-subtracted": "A minus sign is squared too: noise in Y adds to the variance of a difference.",
    }
    first = "X" if a == 1 else f"{a}X"
    second = ("+ " if b > 0 else "- ") + ("Y" if abs(b) == 1 else f"{abs(b)}Y")
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))],
            "vx": vx, "vy": vy, "cov": cov, "a": a, "b": b,
            "expression": f"{first} {second}",
            "sum": rf"{a * a} \times {vx} + {b * b} \times {vy} + 2 \times {a} \times ({b}) \times ({cov})",
            "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 1e-6,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: the variance of aX + bY in a small sample built to have exactly this covariance."""
    covariance = np.array([[params["vx"], params["cov"]], [params["cov"], params["vy"]]], float)
    # Four points +-sqrt(2) e_i have mean zero and unit covariance (dividing by 4); Cholesky shapes them.
    points = np.sqrt(2) * np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    x, y = (points @ np.linalg.cholesky(covariance).T).T
    return round(float(np.var(params["a"] * x + params["b"] * y)), 6)
