"""Squared bias or variance of five predictions."""

from itertools import combinations

import numpy as np

from journeyman.core.tex import number

TASKS = (
    "river levels",
    "fuel use",
    "crop yield",
    "bus arrivals",
    "blood sugar",
    "rents",
    "solar power",
    "waiting times",
)
FEEDBACK = {
    "bias-not-squared": "That is the bias itself. The error adds its square.",
    "variance-for-bias": "That is the spread around the mean prediction. Bias compares the mean with the "
    "truth.",
    "bias-for-variance": "That is the squared bias. Variance is the spread around the mean prediction.",
    "total-error-for-part": "That is the mean squared distance from the truth: both parts together.",
    "standard-deviation-for-variance": "That is the standard deviation. The error adds its square.",
}


def generate(rng):
    while True:
        truth = int(rng.integers(10, 40))
        shift = int(rng.choice((-1, 1))) * int(rng.integers(2, 6))
        p = truth + shift + rng.integers(-4, 5, 5)
        bias, variance = float(p.mean() - truth), float(p.var())
        total = bias**2 + variance
        if rng.integers(2):
            asked, answer = "squared bias", bias**2
            wrong = {"bias-not-squared": abs(bias), "variance-for-bias": variance}
        else:
            asked, answer = "variance", variance
            wrong = {"bias-for-variance": bias**2, "standard-deviation-for-variance": variance**0.5}
        wrong["total-error-for-part"] = total
        if all(abs(a - b) > 0.05 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "truth": truth,
            "predictions": ", ".join(str(v) for v in p),
            "asked": asked,
            "mean": number(float(p.mean())),
            "squared_bias": f"{bias**2:.2f}",
            "variance": f"{variance:.2f}",
            "total": f"{total:.2f}",
            "p": p.tolist(),
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
    """Second route: variance from all pairs of predictions; squared bias as what is left of the error."""
    p, truth = np.array(params["p"], float), params["truth"]
    variance = float(((p[:, None] - p) ** 2).sum() / (2 * p.size**2))
    if params["asked"] == "variance":
        return variance
    return float(((p - truth) ** 2).mean()) - variance
