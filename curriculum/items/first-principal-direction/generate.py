"""First eigenvector of a 2-by-2 covariance with whole-number eigenvectors."""

from itertools import product

import numpy as np

from journeyman.core.tex import matrix

THINGS = ("leaves", "bones", "bottles", "exam papers", "shells", "houses", "waves", "loaves")
DIRECTIONS = ((1, 2), (2, 1), (1, 3), (3, 1), (1, -2), (2, -1), (1, -3), (3, -1))
FEEDBACK = {
    "smallest-variance-direction": "Along that direction the variance is smallest: it is the last component.",
    "axis-with-largest-variance": "That is the measurement with the larger variance. The covariance tilts the "
    "widest direction away from the axes.",
    "covariance-sign-ignored": "Look at the sign of the covariance: do the two measurements rise together or "
    "against each other?",
}


def _text(v):
    return f"$({v[0]},\\; {v[1]})$"


def generate(rng):
    v = np.array(DIRECTIONS[rng.integers(len(DIRECTIONS))])
    u = np.array((v[1], -v[0])) if v[1] > 0 else np.array((-v[1], v[0]))
    length = int(v @ v)  # a multiple of it as gap makes S whole numbers
    small = int(rng.integers(1, 9))
    large = small + length * int(rng.integers(1, 4))
    s = ((large - small) * np.outer(v, v) // length) + small * np.eye(2, dtype=int)
    axis = np.eye(2, dtype=int)[int(s[1, 1] > s[0, 0])]
    wrong = {
        "smallest-variance-direction": u,
        "axis-with-largest-variance": axis,
        "covariance-sign-ignored": v * (1, -1),
    }
    return {
        "params": {
            "things": THINGS[rng.integers(len(THINGS))],
            "matrix": matrix(s),
            "answer": _text(v),
            "image": _text(s @ v),
            "large": large,
            "small": small,
            "s": s.tolist(),
        },
        "answer": _text(v),
        "distractors": [
            {"value": _text(value), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: try all directions on a small grid and keep the one with the largest variance."""
    s = np.array(params["s"])
    tries = [np.array(v) for v in product(range(4), range(-3, 4)) if np.gcd(*v) == 1 and v > (0, 0)]
    return _text(max(tries, key=lambda v: v @ s @ v / (v @ v)))
