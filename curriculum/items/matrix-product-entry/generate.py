"""One entry of a 2x3 by 3x3 product, against the usual mix-ups."""

import numpy as np

from journeyman.core.tex import matrix


def generate(rng):
    while True:
        a, b = rng.integers(-4, 6, size=(2, 3, 3))
        i, j = (int(v) for v in rng.integers(3, size=2))
        answer = int(a[i] @ b[:, j])
        wrong = {
            "rows-times-rows": int(a[i] @ b[j]),
            "product-entrywise": int(a[i, j] * b[i, j]),
            "product-order-reversed": int(b[i] @ a[:, j]),
        }
        if len({answer, *wrong.values()}) == 4 and i != j and 0 not in a[i] and 0 not in b[:, j]:
            break
    feedback = {
        "rows-times-rows": "You combined a row with a row. The second factor is read by columns.",
        "product-entrywise": "You multiplied the two entries at that place. An entry of the product needs a whole row and a whole column.",
        "product-order-reversed": "That is the entry of $BA$. The row comes from the first factor, $A$.",
    }
    return {
        "params": {
            "a": matrix(a),
            "b": matrix(b),
            "i": i + 1,
            "j": j + 1,
            "sum": " + ".join(f"({x})({y})" for x, y in zip(a[i], b[:, j], strict=True)),
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
    """Second route: the whole product as a sum of outer products, column times row."""
    a, b = (np.array(entries) for entries in params["entries"])
    total = sum(np.outer(a[:, t], b[t]) for t in range(len(b)))
    return int(total[params["i"] - 1, params["j"] - 1])
