"""Difference of two linear predictions, the features moving in opposite senses."""

CASES = (
    # story, target, unit, (feature, unit, coefficients) twice, intercepts
    ("A model predicts monthly rent.", "rent", "euros",
     ("a", "square metres of area", (8, 9, 11, 12)), ("d", "kilometres to the centre", (-20, -25, -15)), (250, 310, 340)),
    ("A model predicts delivery time.", "time", "minutes",
     ("s", "stops on the route", (4, 5, 6)), ("v", "vans in use", (-7, -9, -8)), (35, 42, 50)),
    ("A model predicts the electricity used in a day.", "use", "kWh",
     ("p", "people at home", (3, 4)), ("t", "degrees outside", (-2, -3)), (40, 45, 52)),
    ("A model predicts the weekly sales of a drink.", "sales", "bottles",
     ("c", "posters in the shop", (12, 15, 18)), ("q", "euros in price", (-30, -40, -35)), (210, 240, 280)),
    ("A model predicts how long a ticket stays open.", "time", "hours",
     ("m", "messages in the thread", (2, 3)), ("e", "experts on duty", (-5, -4, -6)), (30, 36, 48)),
    ("A model predicts a patient's stay after an operation.", "stay", "hours",
     ("g", "decades of age", (5, 6, 7)), ("w", "walks on the first day", (-8, -9, -10)), (60, 72, 66)),
    ("A model predicts the harvest of a field.", "harvest", "tonnes",
     ("h", "hectares sown", (6, 7, 8)), ("f", "weeks of drought", (-9, -11, -10)), (14, 20, 25)),
    ("A model predicts the price of a used car.", "price", "hundred euros",
     ("k", "extras fitted", (3, 4, 5)), ("j", "years of age", (-11, -12, -9)), (130, 150, 180)),
)  # fmt: skip
FEEDBACK = {
    "intercept-counted-in-difference": "The intercept is part of both predictions; it cancels when "
    "you subtract.",
    "difference-signs-ignored": "One of the two contributions is negative. Keep its sign when adding.",
    "one-coefficient-only": "That counts one of the two changes. Both features differ between A and B.",
}


def _text(value, unit):
    sign = "+" if value > 0 else "\u2212"
    return f"{sign}{abs(value)} {unit}"


def _change(amount, what):
    return f"{abs(amount)} {'more' if amount > 0 else 'fewer'} {what}"


def generate(rng):
    while True:
        story, target, unit, first, second, intercepts = CASES[rng.integers(len(CASES))]
        one, two = int(rng.choice(first[2])), int(rng.choice(second[2]))
        base = int(rng.choice(intercepts))
        moves = [int(v) * int(rng.choice((-1, 1))) for v in rng.integers(2, 6, 2)]
        parts = [one * moves[0], two * moves[1]]
        answer = sum(parts)
        wrong = {
            "intercept-counted-in-difference": answer + base,
            "difference-signs-ignored": abs(parts[0]) + abs(parts[1]),
            "one-coefficient-only": parts[0],
        }
        values = {answer, *wrong.values()}
        if parts[0] * parts[1] < 0 and len(values) == 4 and 0 not in values:
            break
    return {
        "params": {
            "story": story,
            "target": target,
            "unit": unit,
            "formula": f"{base} + {one}\\,{first[0]} - {-two}\\,{second[0]}",
            "first_change": _change(moves[0], first[1] + f" (${first[0]}$)"),
            "second_change": _change(moves[1], second[1] + f" (${second[0]}$)"),
            "sum": f"({one})({moves[0]}) + ({two})({moves[1]})",
            "difference": answer,
            "model": [base, one, two],
            "moves": moves,
        },
        "answer": _text(answer, unit),
        "distractors": [
            {"value": _text(value, unit), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: both predictions in full for a made-up case A, then subtract."""
    base, one, two = params["model"]
    a = (50, 20)
    b = tuple(v + move for v, move in zip(a, params["moves"], strict=True))
    predict = lambda row: base + one * row[0] + two * row[1]  # noqa: E731
    return _text(predict(b) - predict(a), params["unit"])
