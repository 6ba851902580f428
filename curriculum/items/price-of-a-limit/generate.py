"""Read a Lagrange multiplier as the price of a small change of the limit."""

import math

from journeyman.core.tex import number

CASES = (
    ("A shop splits hours between two campaigns to sell as much as it can (pieces sold).", "hours"),
    ("A clinic splits nurses' shifts between two wards to treat as many patients as it can.", "shifts"),
    ("A farm splits water between two fields to harvest as much as it can (in kg).", "cubic metres"),
    ("A bank splits checks between two channels to stop as much fraud as it can (in thousands).", "checks"),
    ("A library splits its budget between two branches to lend as many books as it can.", "thousand euros"),
)
# Returns a sqrt(x) + b sqrt(y): the best value of limit c is sqrt(a^2 + b^2) sqrt(c).
RETURNS = ((30, 40, 50), (60, 80, 100), (50, 120, 130), (80, 150, 170))
LIMITS = (100, 225, 400, 625)


def generate(rng):
    story, unit = CASES[rng.integers(len(CASES))]
    a, b, size = RETURNS[rng.integers(len(RETURNS))]
    c = int(rng.choice(LIMITS))
    change = int(rng.choice((-8, -6, -4, 4, 6, 8)))
    best = size * math.isqrt(c)
    price = size / (2 * math.sqrt(c))
    options = (
        best + price * change,
        price * (c + change),
        best + math.copysign(price, change),
        best * (c + change) / c,
        best - price * change,
    )
    right, total, once, scaled, reverse = (f"${number(round(v, 1), 6)}$" for v in options)
    wrong = (
        (
            total,
            "multiplier-is-total",
            "You multiplied the whole limit by λ. It prices the change only.",
        ),
        (
            once,
            "change-size-ignored",
            "λ is the change for one unit. By how many units does the limit change?",
        ),
        (
            scaled,
            "value-scales-with-limit",
            "You scaled the result in proportion to the limit. λ is the price of the last units, which bring less than the first.",
        ),
        (
            reverse,
            "relaxed-limit-hurts",
            "The size of the change is right. Does a larger limit raise the best result or lower it?",
        ),
    )
    kept = sorted(int(i) for i in rng.choice(4, size=3, replace=False))
    picked = [
        {"value": value, "misconception": slug, "feedback": feedback}
        for value, slug, feedback in (wrong[i] for i in kept)
    ]
    return {
        "params": {
            "story": story,
            "unit": unit,
            "c": c,
            "more": c + change,
            "change": change,
            "best": best,
            "price": number(price),
            "answer": right,
            "numbers": [a, b, c + change],
            "options": [right, *(wrong["value"] for wrong in picked)],
        },
        "answer": right,
        "distractors": picked,
    }


def check(params):
    """Second route: maximise again with the new limit and take the nearest option."""
    a, b, limit = params["numbers"]
    result = lambda x: a * math.sqrt(x) + b * math.sqrt(limit - x)  # noqa: E731
    low, high = 0.0, float(limit)
    while high - low > 1e-6:
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if result(left) < result(right):
            low = left
        else:
            high = right
    true = result((low + high) / 2)
    return min(params["options"], key=lambda text: abs(float(text.strip("$")) - true))
