"""One convex function among three that fail for different reasons."""

import math
import random

# TeX, Python, why; A and B stand for small whole numbers.
CONVEX = (
    (r"A e^{-x} + Bx", "A*exp(-x) + B*x", "a falling exponential is convex, and adding a line changes no curvature."),
    (r"|x - A| + B|x|", "abs(x - A) + B*abs(x)", "absolute values are convex, and so is a sum of convex functions."),
    (r"\max(Ax,\; B - x)", "max(A*x, B - x)", "a maximum of lines is convex."),
    (r"\ln(1 + e^{Ax}) + B", "log(1 + exp(A*x)) + B", "its slope, a logistic curve, only rises."),
    (r"(Ax - B)^2", "(A*x - B)**2", "it is a square, a convex function, of a line."),
    (r"\max(0,\; A - Bx)", "max(0, A - B*x)", "the hinge is a maximum of two lines."),
    (r"A x^2 - Bx", "A*x**2 - B*x", "its second derivative is a positive constant."),
    (r"e^{x/A} + e^{-x/B}", "exp(x/A) + exp(-x/B)", "each exponential of a line is convex, and so is their sum."),
)
ONE_MINIMUM = (
    (r"\sqrt{|x|} + A", "sqrt(abs(x)) + A"),
    (r"A - e^{-x^2}", "A - exp(-x**2)"),
    (r"\dfrac{x^2}{A + x^2}", "x**2/(A + x**2)"),
    (r"\ln(A + x^2)", "log(A + x**2)"),
)
RISING = (
    (r"\dfrac{A}{1 + e^{-x}}", "A/(1 + exp(-x))"),
    (r"x^3 + Ax", "x**3 + A*x"),
    (r"\arctan(Ax)", "atan(A*x)"),
    (r"Ax + \sin x", "A*x + sin(x)"),
)
CONCAVE = (
    (r"A - x^2", "A - x**2"),
    (r"-|x - A|", "-abs(x - A)"),
    (r"\min(Ax,\; B - x)", "min(A*x, B - x)"),
    (r"Ax - e^{x}", "A*x - exp(x)"),
)
CAUSES = (
    (ONE_MINIMUM, "one-minimum-is-convex", "It has a single lowest point, but look further out: it flattens, and a chord passes below it."),
    (RISING, "increasing-is-convex", "It rises everywhere, but its slope does not: somewhere it bends downward."),
    (CONCAVE, "concave-is-convex", "It bends downward: its chords lie below the graph. That is concave."),
)


def generate(rng):
    picked = CONVEX[rng.integers(len(CONVEX))]
    a, b = (int(v) for v in rng.permutation((2, 3, 4, 5))[:2])
    fill = lambda text: text.replace("A", str(a)).replace("B", str(b))  # noqa: E731
    wrong = [(pool[rng.integers(len(pool))], slug, feedback) for pool, slug, feedback in CAUSES]
    answer = f"$f(x) = {fill(picked[0])}$"
    return {
        "params": {
            "reach": int(rng.integers(6, 31)),
            "answer": answer,
            "why": picked[2],
            "options": [[answer, fill(picked[1])]]
            + [[f"$f(x) = {fill(one[0])}$", fill(one[1])] for one, _, _ in wrong],
        },
        "answer": answer,
        "distractors": [
            {"value": f"$f(x) = {fill(one[0])}$", "misconception": slug, "feedback": feedback}
            for one, slug, feedback in wrong
        ],
    }


def check(params):
    """Second route: the option for which 3000 random chords never pass below the graph."""
    names = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "sin", "atan")}
    names |= {"abs": abs, "max": max, "min": min}
    draw, reach = random.Random(1), params["reach"]
    for text, code in params["options"]:
        f = eval(f"lambda x: {code}", names)  # noqa: S307 - our own text
        for _ in range(3000):
            x, y, t = draw.uniform(-reach, reach), draw.uniform(-reach, reach), draw.random()
            chord = t * f(x) + (1 - t) * f(y)
            if f(t * x + (1 - t) * y) > chord + 1e-9 * (1 + abs(chord)):
                break
        else:
            return text
    return None
