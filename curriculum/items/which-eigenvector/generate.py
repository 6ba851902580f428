"""Find the eigenvector of a 2x2 integer matrix among near misses."""

import numpy as np

from journeyman.core.tex import matrix, vector


def generate(rng):
    while True:
        v, u = rng.integers(-3, 4, size=(2, 2))
        first, second = (int(x) for x in rng.choice((-2, -1, 2, 3, 4, 5), size=2, replace=False))
        determinant = int(v[0] * u[1] - v[1] * u[0])
        if determinant == 0 or 0 in v or abs(v[0]) == abs(v[1]):
            continue
        # A = P diag(first, second) P^-1, written without fractions.
        adjugate = np.array([[u[1], -u[0]], [-v[1], v[0]]])
        scaled = np.column_stack([first * v, second * u]) @ adjugate
        if (scaled % determinant).any():
            continue
        a = scaled // determinant
        options = [v, a[:, 0], v[::-1], v * [1, -1]]
        plain = np.abs(a).max() <= 15 and a[0, 1] != 0 and a[1, 0] != 0
        if plain and not any(_kept(a, w) for w in options[1:]) and _distinct(options):
            break
    feedback = (
        ("column-is-eigenvector", "That is a column of $A$: the image of $(1, 0)$. Multiply it by $A$ and see whether its direction stays."),
        ("coordinates-swapped", "Look at the order of the coordinates: the image is not a multiple of this vector."),
        ("eigenvector-sign-lost", "One sign is wrong. Multiply by $A$ and compare the directions."),
    )
    return {
        "params": {
            "a": matrix(a),
            "v": vector(v),
            "image": vector(a @ v),
            "value": f"({first})" if first < 0 else first,
            "rows": a.tolist(),
            "options": [w.tolist() for w in options],
        },
        "answer": f"${vector(v)}$",
        "distractors": [
            {"value": f"${vector(w)}$", "misconception": slug, "feedback": text}
            for w, (slug, text) in zip(options[1:], feedback, strict=True)
        ],
    }


def _kept(a, w):
    image = a @ w
    return w[0] * image[1] == w[1] * image[0]


def _distinct(options):
    return len({tuple(w.tolist()) for w in options}) == len(options)


def check(params):
    """Second route: compare the directions of the options with those that LAPACK finds."""
    _, vectors = np.linalg.eig(np.array(params["rows"], float))
    for option in params["options"]:
        unit = np.array(option) / np.linalg.norm(option)
        if np.abs(np.abs(unit @ vectors) - 1).min() < 1e-9:
            return f"${vector(option)}$"
    return None
