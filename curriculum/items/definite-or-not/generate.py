"""Classify a symmetric 2x2 matrix by the signs that its quadratic form takes."""

import numpy as np

from journeyman.core.tex import matrix

DEFINITE, SEMI = "positive definite", "positive semidefinite, not definite"
MIXED, NEGATIVE = "indefinite", "negative definite"


def generate(rng):
    kind = (DEFINITE, SEMI, MIXED, NEGATIVE)[rng.integers(4)]
    while True:
        a, c = (int(v) for v in rng.integers(-9, 10, size=2))
        b = int(rng.integers(-8, 9))
        if b != 0 and _kind(a, b, c) == kind and (kind != MIXED or min(a, c) > 0):
            break
    det = a * c - b * b
    why = {
        DEFINITE: f"$a_{{11}} = {a} > 0$ and $\\det A = {a * c} - {b * b} = {det} > 0$: both eigenvalues are positive.",
        SEMI: f"$\\det A = {a * c} - {b * b} = 0$, so one eigenvalue is zero; the other is the trace, ${a + c} > 0$. "
        "The form is never negative, but along one direction it is zero.",
        MIXED: f"$\\det A = {a * c} - {b * b} = {det} < 0$: the eigenvalues have opposite signs, so the form takes both.",
        NEGATIVE: f"$\\det A = {a * c} - {b * b} = {det} > 0$, so the eigenvalues have one sign; $a_{{11}} = {a} < 0$ "
        "shows which: both are negative.",
    }
    return {
        "params": {"a": matrix([[a, b], [b, c]]), "why": why[kind], "rows": [[a, b], [b, c]]},
        "answer": kind,
        "distractors": [
            _wrong(option, kind, b) for option in (DEFINITE, SEMI, MIXED, NEGATIVE) if option != kind
        ],
    }


def _kind(a, b, c):
    det = a * c - b * b
    if det < 0:
        return MIXED
    if det > 0:
        return DEFINITE if a > 0 else NEGATIVE
    return SEMI if a + c > 0 else ""


def _wrong(option, kind, b):
    if SEMI in (option, kind) and MIXED not in (option, kind) and NEGATIVE not in (option, kind):
        slug, text = "zero-eigenvalue-overlooked", "Compute the determinant: it tells whether some direction gives exactly zero."
    elif option == DEFINITE and kind == NEGATIVE:
        slug, text = "determinant-decides-definite", "A positive determinant also fits two negative eigenvalues. Look at the diagonal too."
    elif option == DEFINITE:
        slug, text = "diagonal-decides-definite", "The diagonal is positive, but it does not decide alone: compare it with the entry beside it."
    elif b < 0 or kind == NEGATIVE:
        slug, text = "positive-entries-positive-definite", "The signs of single entries do not decide. Use the determinant and the trace."
    else:
        slug, text = "diagonal-decides-definite", "The diagonal alone does not decide. Use the determinant and the trace."
    return {"value": option, "misconception": slug, "feedback": text}


def check(params):
    """Second route: the signs of the eigenvalues."""
    low, high = np.linalg.eigvalsh(np.array(params["rows"], float))
    if abs(low) < 1e-9 or abs(high) < 1e-9:
        return SEMI if low + high > 0 else None
    if low > 0:
        return DEFINITE
    return NEGATIVE if high < 0 else MIXED
