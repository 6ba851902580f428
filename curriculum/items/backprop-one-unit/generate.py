"""Derivative of a squared error through one rectified unit, by hand."""

from fractions import Fraction


def generate(rng):
    while True:
        x, y = int(rng.choice((-3, -2, 2, 3, 4))), int(rng.integers(-4, 7))
        w, b, v = (int(value) for value in rng.choice((-3, -2, -1, 1, 2, 3), size=3))
        z = w * x + b
        off = rng.random() < 0.2
        if z == 0 or (z < 0) != off:
            continue
        a = max(0, z)
        e = v * a - y
        answer = 2 * e * v * x if z > 0 else 0
        wrong = {
            "later-weight-skipped": 2 * e * x,
            "input-factor-skipped": 2 * e * v,
        }
        if z > 0:
            wrong["outer-two-forgotten"] = e * v * x
        else:
            wrong["relu-gate-ignored"] = 2 * e * v * x
        if len({answer, *wrong.values()}) == 4:
            break
    feedback = {
        "later-weight-skipped": "One link is missing: between the unit and the loss stands the weight $v$.",
        "input-factor-skipped": "You stopped at $z$. How much does $z$ change with $w$?",
        "outer-two-forgotten": "The derivative of the square brings down a factor 2.",
        "relu-gate-ignored": "Look at the sign of $z$: does a small change of it reach the output?",
    }
    return {
        "params": {
            "x": x,
            "y": y,
            "w": w,
            "b": b,
            "v": v,
            "z": z,
            "a": a,
            "e": e,
            "e2": 2 * e,
            "gate": int(z > 0),
            "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.001,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: move w a little and watch the loss (exact: the loss is quadratic in w here)."""
    x, y, b, v = (params[name] for name in "xybv")
    loss = lambda w: (v * max(Fraction(0), w * x + b) - y) ** 2  # noqa: E731
    w, h = Fraction(params["w"]), Fraction(1, 100)
    return float((loss(w + h) - loss(w - h)) / (2 * h))
