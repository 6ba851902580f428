"""One Newton step on a cubic where the curvature is positive."""

from fractions import Fraction


def generate(rng):
    while True:
        a, b = int(rng.choice((-1, 1, 2))), int(rng.integers(2, 7))
        c, d = (int(v) for v in rng.integers(-9, 10, size=2))
        at = int(rng.choice((-1, 1, 2, 3)))
        value = a * at**3 + b * at**2 + c * at + d
        slope = 3 * a * at**2 + 2 * b * at + c
        bend = 6 * a * at + 2 * b
        if bend <= 0 or slope == 0 or c == 0 or d == 0:
            continue
        answer = at - slope / bend
        wrong = {
            "newton-for-roots": at - value / slope,
            "newton-uphill": at + slope / bend,
            "gradient-step-for-newton": at - slope,
        }
        values = sorted([answer, *wrong.values()])
        if min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.03 and abs(slope) < 40:
            break
    feedback = {
        "newton-for-roots": "You used $f/f'$: that looks for a place where $f$ is zero. A minimum needs a zero of $f'$.",
        "newton-uphill": "The step goes the wrong way. Subtract the quotient.",
        "gradient-step-for-newton": "You subtracted the slope alone. Newton divides it by the curvature.",
    }
    return {
        "params": {
            "f": _polynomial((a, "x^3"), (b, "x^2"), (c, "x"), (d, "")),
            "at": at,
            "slope": slope,
            "bend": bend,
            "shown": f"{answer:.2f}",
            "numbers": [d, c, b, a],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0055,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def _polynomial(*terms):
    text = ""
    for factor, name in terms:
        sign = ("-" if factor < 0 else "") if not text else (" - " if factor < 0 else " + ")
        text += sign + (str(abs(factor)) if abs(factor) != 1 or not name else "") + name
    return text


def check(params):
    """Second route: re-expand the polynomial around the point, drop the cubic, find the vertex."""
    shifted = [Fraction(0)] * 4
    for power, factor in enumerate(params["numbers"]):
        row = [1]  # (at + t)^power, lowest power of t first
        for _ in range(power):
            row = [params["at"] * low + high for low, high in zip([*row, 0], [0, *row], strict=True)]
        for place, value in enumerate(row):
            shifted[place] += factor * value
    return float(params["at"] - shifted[1] / (2 * shifted[2]))
