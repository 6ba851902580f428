"""Cosine similarity of two small integer vectors, against incomplete divisions."""

import math

from journeyman.core.tex import vector


def generate(rng):
    while True:
        a, b = rng.integers(-6, 7, size=(2, 2)).tolist()
        dot, aa, bb = a[0] * b[0] + a[1] * b[1], math.hypot(*a) ** 2, math.hypot(*b) ** 2
        if 0 in (*a, *b, dot) or a[0] * b[1] == a[1] * b[0]:
            continue
        answer = dot / math.sqrt(aa * bb)
        wrong = {
            "cosine-undivided": dot,
            "cosine-one-length": dot / math.sqrt(aa),
            "cosine-squared-lengths": dot / (aa * bb),
        }
        values = sorted([answer, *wrong.values()])
        if min(y - x for x, y in zip(values, values[1:], strict=False)) > 0.03:
            break
    feedback = {
        "cosine-undivided": "That is the dot product. It grows with the lengths; divide by both of them.",
        "cosine-one-length": "You divided by one length only. Divide by the other length as well.",
        "cosine-squared-lengths": "You divided by the squared lengths. Take the roots first.",
    }
    return {
        "params": {
            "a": vector(a),
            "b": vector(b),
            "dot": dot,
            "aa": round(aa),
            "bb": round(bb),
            "shown": f"{answer:.2f}",
            "entries": [a, b],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0055,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: the difference of the two directions' angles."""
    (a0, a1), (b0, b1) = params["entries"]
    return math.cos(math.atan2(a1, a0) - math.atan2(b1, b0))
