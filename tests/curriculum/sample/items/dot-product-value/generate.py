"""Dot product of two small integer vectors with at least one negative product."""

import numpy as np

from journeyman.core.tex import vector


def generate(rng):
    while True:
        a, b = rng.integers(-5, 6, size=(2, 3))
        products = a * b
        wrong = {
            "sum-of-sums": int(a.sum() * b.sum()),
            "sign-dropped": int(np.abs(products).sum()),
            "elementwise-not-summed": int(products[0]),
        }
        answer = int(products.sum())
        if (products < 0).any() and len({answer, *wrong.values()}) == 4 and 0 not in (*a, *b):
            break
    feedback = {
        "sum-of-sums": "That is the product of the two sums. Multiply matching entries first, then add.",
        "sign-dropped": "You added the products without their signs. A negative product lowers the sum.",
        "elementwise-not-summed": "That is the first product alone; add all three.",
    }
    return {
        "params": {
            "a": vector(a),
            "b": vector(b),
            "sum": " + ".join(f"({x})({y})" for x, y in zip(a, b, strict=True)),
            "answer": answer,
            "entries": [a.tolist(), b.tolist()],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 1e-9,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: the law of cosines, 2 a.b = |a|^2 + |b|^2 - |a - b|^2."""
    a, b = params["entries"]
    square = lambda v: sum(x * x for x in v)  # noqa: E731
    return (square(a) + square(b) - square([x - y for x, y in zip(a, b, strict=True)])) / 2
