"""Best split of a budget under logarithmic benefits, with prices."""

import math

from journeyman.core.tex import number

CASES = (
    "A farm buys fertiliser ($x$, sacks) and seed ($y$, sacks).",
    "A shop buys advertising ($x$, hours) and discounts ($y$, vouchers).",
    "A clinic buys hours of nurses ($x$) and of doctors ($y$).",
    "A lab buys labels ($x$, batches) and computing time ($y$, hours).",
    "A café buys beans ($x$, bags) and cakes ($y$, trays).",
)


def generate(rng):
    story = CASES[rng.integers(len(CASES))]
    while True:
        a, b = (int(v) for v in rng.choice((1, 2, 3, 4, 5), size=2, replace=False))
        p, q = (int(v) for v in rng.choice((2, 3, 4, 5, 8, 10), size=2, replace=False))
        m = int(rng.choice((60, 90, 120, 180, 240, 300)))
        answer = a / (a + b) * m / p
        wrong = {
            "even-split": m / (2 * p),
            "price-left-out": a / (a + b) * m,
            "shares-exchanged": b / (a + b) * m / p,
        }
        values = sorted([answer, *wrong.values()])
        if min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.05:
            break
    feedback = {
        "even-split": "You spent the same on both. What must be equal is the gain of the last euro, not the spending.",
        "price-left-out": "That is the money for $x$. How many units does it buy?",
        "shares-exchanged": "The shares are exchanged: which of the two has the larger factor in the benefit?",
    }
    return {
        "params": {
            "story": story,
            "a": a,
            "b": b,
            "benefit": rf"{_times(a)}\ln x + {_times(b)}\ln y",
            "p": p,
            "q": q,
            "m": m,
            "sum": a + b,
            "spent": number(a / (a + b) * m, 5),
            "shown": f"{answer:.2f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0055,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def _times(factor):
    return "" if factor == 1 else f"{factor} "


def check(params):
    """Second route: golden-section search along the budget line."""
    a, b, p, q, m = (params[name] for name in ("a", "b", "p", "q", "m"))
    benefit = lambda x: a * math.log(x) + b * math.log((m - p * x) / q)  # noqa: E731
    low, high, ratio = 1e-6, m / p - 1e-6, (math.sqrt(5) - 1) / 2
    while high - low > 1e-6:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if benefit(left) < benefit(right):
            low = left
        else:
            high = right
    return (low + high) / 2
