"""Soft threshold of four coefficients, against hard threshold, ridge and no stop at zero."""

import numpy as np

TASKS = (
    "ticket sales",
    "bread demand",
    "tide heights",
    "air quality",
    "call volumes",
    "milk yield",
    "tyre wear",
    "paper strength",
)
FEEDBACK = {
    "hard-threshold-for-soft": "You dropped the small ones and kept the others as they were. Lasso shrinks those "
    "as well.",
    "ridge-for-lasso": "You divided all of them by one number: that is what ridge does, and it never reaches "
    "zero.",
    "threshold-without-stop": "You subtracted past zero. A coefficient that reaches zero stays there.",
}


def _text(values):
    return "$(" + ",\\; ".join(f"{v:.2f}" for v in np.asarray(values) + 0.0) + ")$"


def generate(rng):
    while True:
        strength = float(rng.choice((0.4, 0.5, 0.8, 1.0)))
        tenths = rng.choice(np.r_[-30:-1, 2:31], 4, replace=False)
        plain = tenths / 10
        small = np.abs(plain) < strength - 0.05
        if 1 <= small.sum() <= 2 and (np.abs(np.abs(plain) - strength) > 0.05).all():
            break
    answer = np.sign(plain) * np.maximum(np.abs(plain) - strength, 0)
    wrong = {
        "hard-threshold-for-soft": np.where(np.abs(plain) > strength, plain, 0),
        "ridge-for-lasso": plain / (1 + strength),
        "threshold-without-stop": plain - strength * np.sign(plain),
    }
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "plain": ",\\; ".join(f"{v:.1f}" for v in plain),
            "strength": f"{strength:g}",
            "answer": _text(answer),
            "coefficients": plain.tolist(),
            "penalty": strength,
        },
        "answer": _text(answer),
        "distractors": [
            {"value": _text(value), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: for each coefficient try every hundredth and keep the one with the least cost."""
    grid = np.arange(-400, 401) / 100
    best = [
        grid[(0.5 * (grid - plain) ** 2 + params["penalty"] * np.abs(grid)).argmin()]
        for plain in params["coefficients"]
    ]
    return _text(best)
