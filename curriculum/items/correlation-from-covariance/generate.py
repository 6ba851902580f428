"""Correlation from a covariance and two variances with whole roots."""

import numpy as np

PAIRS = (  # two quantities and the sign of their correlation
    ("temperature $X$ and ice cream sold $Y$", 1),
    ("flat size $X$ and rent $Y$", 1),
    ("hours of study $X$ and mark $Y$", 1),
    ("distance $X$ and delivery time $Y$", 1),
    ("age of a machine $X$ and output $Y$", -1),
    ("price $X$ and units sold $Y$", -1),
    ("staff on duty $X$ and waiting time $Y$", -1),
    ("altitude $X$ and air temperature $Y$", -1),
)


def generate(rng):
    while True:
        sx, sy = (int(s) for s in rng.integers(2, 11, size=2))
        pair, sign = PAIRS[rng.integers(len(PAIRS))]
        hundredths = sign * int(rng.integers(15, 96))
        cov = round(hundredths / 100 * sx * sy, 1)
        answer = cov / (sx * sy)
        wrong = {
            "variances-for-standard-deviations": cov / (sx * sx * sy * sy),
            "slope-for-correlation": cov / (sx * sx),
            "correlation-squared": answer * answer,
            "mean-variance-in-correlation": 2 * cov / (sx * sx + sy * sy),
        }
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.02:
            break
    feedback = {
        "variances-for-standard-deviations": "You divided by the variances. Take their roots first.",
        "slope-for-correlation": "You divided by the variance of X alone: that is the slope of a regression line.",
        "correlation-squared": "That is the square of the correlation, which has lost the sign that the covariance carries.",
        "mean-variance-in-correlation": "You divided by the average of the two variances; divide by the product of the "
        "standard deviations.",
    }
    return {
        "params": {
            "pair": pair, "vx": sx * sx, "vy": sy * sy, "cov": cov,
            "sx": sx, "sy": sy, "answer": f"{answer:.2f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: four points that have exactly this covariance matrix, and NumPy's corrcoef."""
    covariance = np.array([[params["vx"], params["cov"]], [params["cov"], params["vy"]]], float)
    points = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    x, y = (points @ np.linalg.cholesky(covariance).T).T
    return float(np.corrcoef(x, y)[0, 1])
