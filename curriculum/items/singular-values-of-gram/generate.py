"""Singular values from the matrix of inner products of the columns."""

import math

import numpy as np

from journeyman.core.tex import matrix, number


def generate(rng):
    while True:
        high, low = (int(v) for v in rng.choice(np.arange(1, 11), size=2, replace=False))
        high, low = max(high, low), min(high, low)
        # Turning by an angle with tangent 1, 1/2 or 2 keeps the entries whole for suitable values.
        p, q = ((1, 1), (2, 1), (1, 2))[rng.integers(3)]
        norm = p * p + q * q
        entries = (
            high**2 * p * p + low**2 * q * q,
            (high**2 - low**2) * p * q,
            high**2 * q * q + low**2 * p * p,
        )
        if not any(v % norm for v in entries):
            break
    a, b, c = (v // norm for v in entries)
    sign = int(rng.choice((-1, 1)))
    pair = lambda u, v: f"${number(max(u, v), 3)}$ and ${number(min(u, v), 3)}$"  # noqa: E731
    roots = pair(math.sqrt(a), math.sqrt(c)) if a != c else pair(math.sqrt(a), math.sqrt(abs(b)))
    return {
        "params": {
            "m": int(rng.integers(3, 40)),
            "gram": matrix([[a, sign * b], [sign * b, c]]),
            "trace": a + c,
            "det": a * c - b * b,
            "high2": high**2,
            "low2": low**2,
            "high": high,
            "low": low,
            "rows": [[a, sign * b], [sign * b, c]],
        },
        "answer": pair(high, low),
        "distractors": [
            {
                "value": pair(high**2, low**2),
                "misconception": "eigenvalues-for-singular-values",
                "feedback": "These are the eigenvalues of $A^\\top A$. One step is missing.",
            },
            {
                "value": roots,
                "misconception": "roots-of-entries",
                "feedback": "You took roots of entries. First find the eigenvalues of the matrix.",
            },
            {
                "value": pair(a, c),
                "misconception": "diagonal-for-eigenvalue",
                "feedback": "You read off the diagonal. The entries beside it count too.",
            },
        ],
    }


def check(params):
    """Second route: a concrete A (the Cholesky factor) handed to the SVD."""
    factor = np.linalg.cholesky(np.array(params["rows"], float)).T
    high, low = np.linalg.svd(factor, compute_uv=False)
    return f"${high:.3g}$ and ${low:.3g}$"
