"""Share of the first two squared singular values."""

from itertools import combinations

import numpy as np

THINGS = (
    "body measurements",
    "wine analyses",
    "exam marks",
    "spectra",
    "share returns",
    "survey answers",
    "sensor readings",
    "gene counts",
)
FEEDBACK = {
    "singular-values-not-squared": "You shared out the singular values. Variance goes with their squares.",
    "first-component-only": "That is the first component alone. The question asks for two together.",
    "second-component-only": "That is the second component alone. The question asks for two together.",
}


def generate(rng):
    while True:
        s = np.sort(rng.choice(np.arange(2, 16), 4, replace=False))[::-1]
        share = s**2 / (s**2).sum()
        answer = float(share[:2].sum())
        wrong = {
            "singular-values-not-squared": float(s[:2].sum() / s.sum()),
            "first-component-only": float(share[0]),
            "second-component-only": float(share[1]),
        }
        if all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    squares = [str(v) for v in s**2]
    return {
        "params": {
            "things": THINGS[rng.integers(len(THINGS))],
            "values": ", ".join(str(v) for v in s),
            "squares": ", ".join(squares),
            "total": int((s**2).sum()),
            "top": " + ".join(squares[:2]),
            "answer": f"{answer:.2f}",
            "s": s.tolist(),
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
    """Second route: build centred data with these singular values; compare sums of variances."""
    rng = np.random.default_rng(0)
    left = rng.normal(size=(20, 4))
    left, _ = np.linalg.qr(left - left.mean(axis=0))
    right, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    data = left @ np.diag(params["s"]) @ right.T
    eigenvalues = np.sort(np.linalg.eigvalsh(np.cov(data.T)))[::-1]
    return float(eigenvalues[:2].sum() / np.var(data, axis=0, ddof=1).sum())
