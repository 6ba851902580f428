"""Short programs on sharing, local names and defaults; the second route runs them."""

import contextlib
import io

COPIED = "Calling a function copies nothing: the parameter is another name for the caller's list. Follow what append does to that one list."
REACHES = "An assignment inside a function moves the local name only. Ask which object the caller's name still points to."
DEFAULT = "A default value is made once, when the def line runs. All calls without that argument share it."
OUTER = "The name assigned inside the function is local; the outer name of the same spelling is another one."
HIDDEN = "Inside the function its own name hides the outer one. Use the local value there."
LAST = "You counted only what the last call brought in. The container still holds what was there before."
EARLY = "You took the value from before the last change. Go through the lines in order."
RETURNED = "You took what the call returned for what is printed. The result of that call is not stored anywhere."


def generate(rng):
    a, b, c = (int(v) for v in rng.choice(range(2, 30), size=3, replace=False))
    made = [shared, moved, default, outer, number][rng.integers(5)]
    code, why, answer, wrong = made(a, b, c)
    if len({answer, *(value for value, _, _ in wrong)}) <= len(wrong):
        return generate(rng)
    return {
        "params": {"code": code, "why": why, "answer": answer},
        "answer": answer,
        "rtol": 0,
        "atol": 1e-9,
        "distractors": [
            {"value": value, "misconception": name, "feedback": text} for value, name, text in wrong
        ],
    }


def shared(a, b, c):
    code = (
        f"def add(basket, price):\n    basket.append(price)\n\norders = [{a}, {b}]\n"
        f"add(orders, {c})\nprint(sum(orders))"
    )
    why = f"`basket` and `orders` are two names for one list, and `append` changes it to [{a}, {b}, {c}]."
    wrong = [(a + b, "arguments-are-copied", COPIED), (c, "last-call-only", LAST)]
    return code, why, a + b + c, wrong


def moved(a, b, c):
    code = (
        f"def add(basket, price):\n    basket = basket + [price]\n\norders = [{a}, {b}]\n"
        f"add(orders, {c})\nprint(sum(orders))"
    )
    why = f"`basket + [price]` is a new list, and only the local name moves to it; `orders` stays [{a}, {b}]."
    wrong = [(a + b + c, "assignment-reaches-caller", REACHES), (c, "last-call-only", LAST)]
    return code, why, a + b, wrong


def default(a, b, c):
    code = (
        "def log(price, seen=[]):\n    seen.append(price)\n    return sum(seen)\n\n"
        f"log({a})\nlog({b})\nprint(log({c}))"
    )
    why = f"The list `seen` is made once and shared by all three calls: at the end it is [{a}, {b}, {c}]."
    wrong = [(c, "default-made-per-call", DEFAULT), (a + b, "value-before-last-change", EARLY)]
    return code, why, a + b + c, wrong


def outer(a, b, c):
    code = (
        f"rate = {a}\n\ndef bill(new):\n    rate = new\n    return rate + {b}\n\n"
        f"total = bill({c})\nprint(rate + total)"
    )
    why = f"Inside, `rate` is a local name with the value {c}, so the call returns {b + c}; outside, `rate` is still {a}."
    wrong = [
        (c + b + c, "assignment-reaches-outer-name", OUTER),
        (a + a + b, "outer-name-read-inside", HIDDEN),
    ]
    return code, why, a + b + c, wrong


def number(a, b, c):
    code = (
        "def raised(price, step):\n    price += step\n    return price\n\n"
        f"price = {a}\nraised(price, {b})\nprint(price + {c})"
    )
    why = f"Numbers cannot be changed, so `price += step` moves the local name only; outside, `price` is still {a}."
    wrong = [
        (a + b + c, "assignment-reaches-caller", REACHES),
        (a + b, "returned-value-taken-for-printed", RETURNED),
    ]
    return code, why, a + c, wrong


def check(params):
    """Second route: run the program and read what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(params["code"], {})  # our own text
    return float(printed.getvalue())
