"""Leaf value and shrunken step of boosting under squared loss."""

from itertools import combinations

import numpy as np

from journeyman.core.tex import number

TARGETS = (
    "delivery times in minutes",
    "rents in euros per square metre",
    "units sold per day",
    "hours until repair",
    "litres of fuel per trip",
    "nights in hospital",
    "tonnes of harvest",
)
FEEDBACK = {
    "learning-rate-forgotten": "That is a full step. The tree's answer is multiplied by the learning "
    "rate before it is added.",
    "tree-fitted-to-targets": "You let the tree predict the targets themselves. It is fitted to the "
    "residuals of the model so far.",
    "residual-sign-flipped": "You moved away from the targets. The residual is target minus prediction.",
    "step-replaces-sum": "That is the step alone. It is added to the model so far.",
}


def generate(rng):
    while True:
        now = int(rng.integers(10, 40))
        leaf = rng.integers(5, 50, int(rng.integers(3, 5)))
        rate = float(rng.choice((0.1, 0.2, 0.25, 0.3, 0.5)))
        mean = float((leaf - now).mean())
        answer = now + rate * mean
        wrong = {
            "learning-rate-forgotten": now + mean,
            "tree-fitted-to-targets": now + rate * float(leaf.mean()),
            "residual-sign-flipped": now - rate * mean,
            "step-replaces-sum": rate * mean,
        }
        if all(abs(a - b) > 0.05 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    return {
        "params": {
            "target": TARGETS[rng.integers(len(TARGETS))],
            "now": now,
            "leaf": ", ".join(str(v) for v in leaf),
            "rate": number(rate),
            "residuals": ", ".join(f"${v}$" for v in leaf - now),
            "mean": number(mean),
            "answer": f"{answer:.2f}",
            "targets": leaf.tolist(),
            "step": rate,
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
    """Second route: search for the leaf value with the least squared loss, then take the short step."""
    from scipy.optimize import minimize_scalar

    targets, now = np.array(params["targets"]), params["now"]
    best = minimize_scalar(lambda value: ((targets - now - value) ** 2).sum())
    return now + params["step"] * best.x
