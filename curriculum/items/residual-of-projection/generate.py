"""Residual of a projection onto one column, with whole-number coefficient."""

import numpy as np

from journeyman.core.tex import vector


def generate(rng):
    while True:
        a = rng.integers(-3, 4, size=3)
        residual = rng.integers(-4, 5, size=3)
        k = int(rng.choice((-2, 2, 3)))
        b = k * a + residual
        options = [residual, k * a, b - a, b - (k + 1) * a]
        distinct = len({tuple(v) for v in options}) == 4
        if 0 not in a and a @ residual == 0 and residual.any() and np.abs(b).max() <= 12 and distinct:
            break
    feedback = (
        ("projection-for-residual", "That is a multiple of $a$, the explained part. The residual is what is left of $b$."),
        ("whole-vector-subtracted", "You subtracted $a$ itself. First find the multiple of $a$ that comes closest."),
        ("residual-not-orthogonal", "The coefficient is off: the dot product of this vector with $a$ is not zero."),
    )
    return {
        "params": {
            "a": vector(a),
            "b": vector(b),
            "ab": int(a @ b),
            "aa": int(a @ a),
            "k": k,
            "factor": k if k > 0 else f"({k})",
            "projection": vector(k * a),
            "residual": vector(residual),
            "entries": [a.tolist(), b.tolist()],
        },
        "answer": f"${vector(residual)}$",
        "distractors": [
            {"value": f"${vector(value)}$", "misconception": slug, "feedback": text}
            for value, (slug, text) in zip(options[1:], feedback, strict=True)
        ],
    }


def check(params):
    """Second route: the projection by the matrix I - qq' of the unit vector q."""
    a, b = (np.array(values, float) for values in params["entries"])
    q = np.linalg.qr(a[:, None])[0]
    return f"${vector(np.round((np.eye(3) - q @ q.T) @ b, 9) + 0.0)}$"
