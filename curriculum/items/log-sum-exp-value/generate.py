"""Log-sum-exp of exponents far beyond the range of floats."""

import math
from decimal import Decimal, getcontext


def generate(rng):
    m = int(rng.choice((-1, 1))) * int(rng.integers(800, 4000))
    d1, d2 = (int(v) for v in rng.choice((0, 1, 2, 3), size=2, replace=False))
    z = [m, m - d1, m - d2]
    z = [z[i] for i in rng.permutation(3)]
    total = 1 + math.exp(-d1) + math.exp(-d2)
    answer = m + math.log(total)
    wrong = (
        (m, "lse-is-max", "That is the largest exponent. The other terms add to it."),
        (sum(z), "lse-is-sum", "You added the exponents: that is the logarithm of the product."),
        (m + total, "lse-log-missing", "You added the sum of the shifted exponentials itself. Take its logarithm first."),
    )
    return {
        "params": {
            "z0": z[0],
            "z1": z[1],
            "z2": z[2],
            "m": m,
            "shifted": " + ".join(f"e^{{{v - m}}}" for v in z),
            "sum": f"{total:.5f}",
            "shown": f"{answer:.2f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0055,
        "distractors": [
            {"value": value, "misconception": slug, "feedback": feedback}
            for value, slug, feedback in wrong
        ],
    }


def check(params):
    """Second route: the formula as it stands, in decimals of 40 digits and wide range."""
    getcontext().prec = 40
    return float(sum(Decimal(params[name]).exp() for name in ("z0", "z1", "z2")).ln())
