"""Gradient of a x^2 + b x y + c y^2 at a point, as a choice of vectors."""

from fractions import Fraction

from journeyman.core.tex import vector


def generate(rng):
    while True:
        a, b, c = (int(v) for v in rng.choice((-3, -2, -1, 1, 2, 3, 4), size=3))
        x, y = (int(v) for v in rng.choice((-3, -2, -1, 1, 2, 3), size=2))
        answer = (2 * a * x + b * y, b * x + 2 * c * y)
        wrong = (
            ((2 * a * x, 2 * c * y), "gradient-cross-term-missing", "The term with $xy$ depends on both variables and adds to both entries."),
            ((2 * a * x + b * x, b * y + 2 * c * y), "gradient-cross-term-swapped", "In the derivative by $x$, the factor that stays in the term $xy$ is $y$, and the other way round."),
            ((a * x + b * y, b * x + c * y), "power-factor-forgotten", "The derivative of a square brings down a factor 2."),
        )
        if len({answer, *(value for value, _, _ in wrong)}) == 4:
            break
    return {
        "params": {
            "f": _sum((a, "x^2"), (b, "xy"), (c, "y^2")),
            "fx": _sum((2 * a, "x"), (b, "y")),
            "fy": _sum((b, "x"), (2 * c, "y")),
            "x0": x,
            "y0": y,
            "answer": vector(answer),
            "numbers": [a, b, c],
        },
        "answer": f"${vector(answer)}$",
        "distractors": [
            {"value": f"${vector(value)}$", "misconception": slug, "feedback": feedback}
            for value, slug, feedback in wrong
        ],
    }


def _sum(*terms):
    text = ""
    for factor, name in terms:
        sign = ("-" if factor < 0 else "") if not text else (" - " if factor < 0 else " + ")
        text += sign + (str(abs(factor)) if abs(factor) != 1 else "") + name
    return text


def check(params):
    """Second route: central differences, exact for a quadratic."""
    a, b, c = params["numbers"]
    f = lambda x, y: a * x * x + b * x * y + c * y * y  # noqa: E731
    x, y, h = Fraction(params["x0"]), Fraction(params["y0"]), Fraction(1, 10)
    return "$" + vector(
        [
            int((f(x + h, y) - f(x - h, y)) / (2 * h)),
            int((f(x, y + h) - f(x, y - h)) / (2 * h)),
        ]
    ) + "$"
