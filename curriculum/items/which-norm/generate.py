"""Euclidean, city-block or maximum norm of a Pythagorean pair, against the usual confusions."""

import numpy as np

from journeyman.core.tex import vector

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (6, 8, 10))
NAMES = {
    "two": r"the Euclidean norm $\lVert x \rVert_2$",
    "one": r"the city-block norm $\lVert x \rVert_1$",
    "max": r"the maximum norm $\lVert x \rVert_\infty$",
}
ORDERS = {"two": 2, "one": 1, "max": np.inf}


def generate(rng):
    small, large, root = TRIPLES[rng.integers(len(TRIPLES))]
    norm = list(NAMES)[rng.integers(len(NAMES))]
    signs = {
        "two": (int(rng.choice((-1, 1))), int(rng.choice((-1, 1)))),
        "one": (-1, 1),  # so that adding with signs gives another result
        "max": (1, -1),  # so that the largest entry is not the largest in size
    }[norm]
    x = [small * signs[0], large * signs[1]]
    if rng.integers(2):
        x.reverse()
    value = {"two": root, "one": small + large, "max": large}[norm]
    wrong = _wrong(norm, small, large, root)
    kept = sorted(int(i) for i in rng.choice(len(wrong), size=3, replace=False))
    return {
        "params": {
            "x": vector(x),
            "name": NAMES[norm],
            "why": {
                "two": rf"Square, add, take the root: $\sqrt{{ {x[0] ** 2} + {x[1] ** 2} }} = \sqrt{{ {root * root} }} = {root}$.",
                "one": rf"Add the absolute values: ${abs(x[0])} + {abs(x[1])} = {value}$.",
                "max": rf"Take the largest absolute value: of ${abs(x[0])}$ and ${abs(x[1])}$ that is ${value}$.",
            }[norm],
            "norm": norm,
            "entries": x,
        },
        "answer": f"${value}$",
        "distractors": [
            {"value": f"${number}$", "misconception": slug, "feedback": feedback}
            for number, slug, feedback in (wrong[i] for i in kept)
        ],
    }


def _wrong(norm, small, large, root):
    total, squares = small + large, root * root
    return {
        "two": (
            (total, "l1-for-l2", "You added absolute values: that is the city-block norm. Square first, add, take the root."),
            (squares, "root-forgotten", "That is the squared length; take the square root."),
            (large, "largest-entry", "That is the largest entry, the maximum norm. The Euclidean norm uses every entry."),
        ),
        "one": (
            (root, "other-norm-taken", "That is the Euclidean length. The city-block norm walks along the axes, without squares."),
            (large, "largest-entry", "That is the largest entry alone. The city-block norm uses every entry."),
            (large - small, "signs-kept-in-norm", "You added the entries with their signs. A norm takes absolute values."),
            (squares, "other-norm-taken", "You added squares. The city-block norm adds the absolute values themselves."),
        ),
        "max": (
            (root, "other-norm-taken", "That is the Euclidean length. The maximum norm looks at one entry only."),
            (total, "other-norm-taken", "You added absolute values: that is the city-block norm. The maximum norm adds nothing."),
            (small, "signs-kept-in-norm", "You compared the entries with their signs. A norm takes absolute values first."),
        ),
    }[norm]


def check(params):
    """Second route: NumPy's norm of the same order."""
    return f"${np.linalg.norm(params['entries'], ORDERS[params['norm']]):g}$"
