"""Second-order Taylor polynomial of a standard function of a x, at zero."""

import math
from fractions import Fraction

FAMILIES = (
    # TeX with A for the factor, Python, value, slope / a, second derivative / a^2
    ("e^{Ax}", "exp(a*x)", 1, Fraction(1), Fraction(1)),
    (r"\ln(1 + Ax)", "log(1 + a*x)", 0, Fraction(1), Fraction(-1)),
    (r"\dfrac{1}{1 - Ax}", "1/(1 - a*x)", 1, Fraction(1), Fraction(2)),
    (r"\sqrt{1 + Ax}", "sqrt(1 + a*x)", 1, Fraction(1, 2), Fraction(-1, 4)),
    (r"\cos(Ax)", "cos(a*x)", 1, Fraction(0), Fraction(-1)),
    (r"e^{-Ax}", "exp(-a*x)", 1, Fraction(-1), Fraction(1)),
)


def generate(rng):
    tex, code, c0, slope, bend = FAMILIES[rng.integers(len(FAMILIES))]
    a = int(rng.choice((2, 3, 4, 5, 6, 8)))
    c1, second = slope * a, bend * a * a
    c2 = second / 2
    wrong = (
        (2 * c2, "taylor-half-forgotten", "The quadratic term carries a factor one half."),
        (c2 / a, "taylor-inner-factor-once", "Differentiating twice brings down the inner factor twice."),
        (-c2, "taylor-sign-of-curvature", "Check the sign of the second derivative: which way does the curve bend at zero?"),
    )
    right = _parabola(c0, c1, c2)
    return {
        "params": {
            "f": tex.replace("A", str(a)),
            "c0": c0,
            "c1": _fraction(c1),
            "bend": _fraction(second),
            "answer": f"${right}$",
            "a": a,
            "code": code,
            "options": [[c0, float(c1), float(c)] for c in (c2, *(value for value, _, _ in wrong))],
            "texts": [right, *(_parabola(c0, c1, value) for value, _, _ in wrong)],
        },
        "answer": f"${right}$",
        "distractors": [
            {"value": f"${_parabola(c0, c1, value)}$", "misconception": slug, "feedback": feedback}
            for value, slug, feedback in wrong
        ],
    }


def _fraction(value):
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _parabola(c0, c1, c2):
    text = str(c0) if c0 else ""
    for factor, name in ((c1, "x"), (c2, "x^2")):
        if factor:
            sign = ("-" if factor < 0 else "") if not text else (" - " if factor < 0 else " + ")
            text += sign + (_fraction(abs(factor)) if abs(factor) != 1 else "") + name
    return text


def check(params):
    """Second route: the option with the smallest error close to zero."""
    names = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "cos")} | {"a": params["a"]}
    error = {}
    for (c0, c1, c2), text in zip(params["options"], params["texts"], strict=True):
        error[text] = sum(
            abs(eval(params["code"], names, {"x": x}) - (c0 + c1 * x + c2 * x * x))  # noqa: S307 - our own text
            for x in (-1e-3, 1e-3)
        )
    return f"${min(error, key=error.get)}$"
