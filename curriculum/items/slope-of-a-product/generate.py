"""Derivative of a linear factor times a quadratic one, at a whole number."""

from fractions import Fraction


def generate(rng):
    while True:
        a, b, c, d = (int(v) for v in rng.choice((-4, -3, -2, -1, 1, 2, 3, 4, 5), size=4))
        at = int(rng.choice((-2, -1, 1, 2, 3)))
        u, du, v, dv = a * at + b, a, c * at**2 + d, 2 * c * at
        answer = du * v + u * dv
        wrong = {
            "product-of-derivatives": du * dv,
            "product-rule-half": du * v,
            "value-for-slope": u * v,
        }
        if len({answer, *wrong.values()}) == 4 and u and v:
            break
    feedback = {
        "product-of-derivatives": "You multiplied the two derivatives. A product needs $u'v + uv'$.",
        "product-rule-half": "One of the two terms is missing: the second factor changes too.",
        "value-for-slope": "That is the value $f(x)$. The question is how fast it changes there.",
    }
    return {
        "params": {
            "u": _sum(a, "x", b),
            "v": _sum(c, "x^2", d),
            "at": at,
            "u0": u,
            "du": du,
            "v0": v,
            "dv": dv,
            "answer": answer,
            "factors": [a, b, c, d],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.001,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def _sum(factor, power, rest):
    lead = {1: "", -1: "-"}.get(factor, str(factor))
    return f"{lead}{power} {'+' if rest > 0 else '-'} {abs(rest)}"


def check(params):
    """Second route: a difference quotient of the product, exact for a cubic after one correction."""
    a, b, c, d = params["factors"]
    f = lambda x: (a * x + b) * (c * x * x + d)  # noqa: E731
    at, h = Fraction(params["at"]), Fraction(1, 8)
    coarse = (f(at + 2 * h) - f(at - 2 * h)) / (4 * h)
    fine = (f(at + h) - f(at - h)) / (2 * h)
    return float((4 * fine - coarse) / 3)
