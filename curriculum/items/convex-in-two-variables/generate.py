"""Joint convexity of a quadratic in two variables, against checking each variable alone."""

import math

JOINT = "convex in both variables together"
SEPARATE = "convex in each variable alone, but not together"
CONCAVE = "concave in both variables together"
OPPOSED = "convex in one variable, concave in the other"
WHY = {
    JOINT: "It is positive and $f_{xx} > 0$: the Hessian is positive definite, and the function is convex.",
    SEPARATE: "Both $f_{xx}$ and $f_{yy}$ are positive, so each variable alone sees a parabola that opens upward. "
    "But the determinant is negative: along some slanted line the function bends downward.",
    CONCAVE: "It is positive and $f_{xx} < 0$: the Hessian is negative definite, and the function is concave.",
    OPPOSED: "$f_{xx}$ and $f_{yy}$ have opposite signs: a parabola that opens upward in one variable, downward in the other.",
}


def generate(rng):
    wanted = (JOINT, SEPARATE, CONCAVE, OPPOSED)[rng.choice(4, p=(0.35, 0.35, 0.15, 0.15))]
    while True:
        a, c = (int(v) for v in rng.choice((-4, -3, -2, -1, 1, 2, 3, 4, 5), size=2))
        b = int(rng.choice((-9, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 9)))
        if _kind(a, b, c) == wanted:
            break
    return {
        "params": {
            "f": _sum((a, "x^2"), (b, "xy"), (c, "y^2")),
            "fxx": 2 * a,
            "fyy": 2 * c,
            "fxy": b,
            "det": 4 * a * c - b * b,
            "why": WHY[wanted],
            "numbers": [a, b, c],
        },
        "answer": wanted,
        "distractors": [
            _wrong(option, wanted) for option in (JOINT, SEPARATE, CONCAVE, OPPOSED) if option != wanted
        ],
    }


def _kind(a, b, c):
    if a * c < 0:
        return OPPOSED
    det = 4 * a * c - b * b
    if det > 0:
        return JOINT if a > 0 else CONCAVE
    return SEPARATE if det < 0 and a > 0 else ""


def _wrong(option, kind):
    if option == JOINT and kind == SEPARATE:
        slug, feedback = "convex-in-each-variable", "Each variable alone is not enough. Try a slanted line, or the determinant of the Hessian."
    elif option == SEPARATE and kind == JOINT:
        slug, feedback = "mixed-term-spoils-convexity", "A mixed term may be small enough. Compare its square with the product of the others."
    elif CONCAVE in (option, kind) and OPPOSED not in (option, kind):
        slug, feedback = "concave-is-convex", "Fix $y = 0$: does the parabola in $x$ open upward or downward?"
    else:
        slug, feedback = "square-signs-ignored", "Look at the signs in front of the two squares first."
    return {"value": option, "misconception": slug, "feedback": feedback}


def _sum(*terms):
    text = ""
    for factor, name in terms:
        sign = ("-" if factor < 0 else "") if not text else (" - " if factor < 0 else " + ")
        text += sign + (str(abs(factor)) if abs(factor) != 1 else "") + name
    return text


def check(params):
    """Second route: bend of the function along 720 lines through the origin."""
    a, b, c = params["numbers"]
    f = lambda x, y: a * x * x + b * x * y + c * y * y  # noqa: E731
    bends = []
    for step in range(720):
        x, y = math.cos(math.pi * step / 720), math.sin(math.pi * step / 720)
        bends.append(f(x, y) + f(-x, -y) - 2 * f(0, 0))
    along_x, along_y = bends[0], bends[360]
    if along_x * along_y < 0:
        return OPPOSED
    if along_x < 0:
        return CONCAVE if max(bends) < 0 else None
    return JOINT if min(bends) > 0 else SEPARATE
