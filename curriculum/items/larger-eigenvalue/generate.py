"""Larger eigenvalue of a 2x2 integer matrix with whole eigenvalues."""

import numpy as np

from journeyman.core.tex import matrix


def generate(rng):
    while True:
        a, d = (int(v) for v in rng.integers(-3, 8, size=2))
        b, c = (int(v) for v in rng.choice((-3, -2, -1, 1, 2, 3, 4, 6), size=2))
        trace, det = a + d, a * d - b * c
        root = trace**2 - 4 * det
        if root <= 0 or round(root**0.5) ** 2 != root:
            continue
        high, low = (trace + round(root**0.5)) // 2, (trace - round(root**0.5)) // 2
        wrong = {
            "trace-for-eigenvalue": trace,
            "determinant-for-eigenvalue": det,
            "diagonal-for-eigenvalue": max(a, d),
        }
        if len({high, *wrong.values()}) == 4:
            break
    feedback = {
        "trace-for-eigenvalue": "That is the trace, the sum of both eigenvalues.",
        "determinant-for-eigenvalue": "That is the determinant, the product of both eigenvalues.",
        "diagonal-for-eigenvalue": "The diagonal shows the eigenvalues of triangular matrices only.",
    }
    return {
        "params": {
            "a": matrix([[a, b], [c, d]]),
            "trace": trace,
            "det": det,
            "high": high,
            "low": low,
            "rows": [[a, b], [c, d]],
        },
        "answer": high,
        "rtol": 0,
        "atol": 0.001,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: the iterative eigenvalue solver of LAPACK."""
    return float(np.linalg.eigvals(np.array(params["rows"], float)).real.max())
