"""Euclidean norm of a Pythagorean pair, against the usual confusions."""

import math

from journeyman.core.tex import vector

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (6, 8, 10))


def generate(rng):
    p, q, root = TRIPLES[rng.integers(len(TRIPLES))]
    signs = rng.choice((-1, 1), size=2)
    x = [int(p * signs[0]), int(q * signs[1])]
    if rng.integers(2):
        x.reverse()
    return {
        "params": {
            "x": vector(x),
            "squares": f"{x[0] ** 2} + {x[1] ** 2}",
            "total": root * root,
            "root": root,
            "entries": x,
        },
        "answer": f"${root}$",
        "distractors": [
            {
                "value": f"${p + q}$",
                "misconception": "l1-for-l2",
                "feedback": "You added absolute values: that is the city-block norm.",
            },
            {
                "value": f"${root * root}$",
                "misconception": "root-forgotten",
                "feedback": "That is the squared length; take the square root.",
            },
            {
                "value": f"${q}$",
                "misconception": "largest-entry",
                "feedback": "That is the largest entry, the maximum norm.",
            },
        ],
    }


def check(params):
    return f"${math.hypot(*params['entries']):g}$"
