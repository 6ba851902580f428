"""Sigmoid of a linear score."""

import math
from itertools import combinations

from journeyman.core.tex import number

CASES = (  # event, feature, sign of the coefficient
    ("a customer leaving", "months since the last order", 1),
    ("a loan not repaid", "missed payments last year", 1),
    ("a machine failing this week", "weeks since its service", 1),
    ("a patient missing the appointment", "weeks between booking and visit", 1),
    ("a parcel arriving late", "transfers on the way", 1),
    ("a message being spam", "links in the text", 1),
    ("a student passing", "hours of preparation", 1),
    ("a claim being paid", "documents attached", 1),
    ("a customer leaving", "years with the firm", -1),
    ("a patient missing the appointment", "reminders sent", -1),
    ("a loan not repaid", "years in the present job", -1),
    ("a claim being disputed", "photographs attached", -1),
)
FEEDBACK = {
    "score-for-probability": "That is the score itself, the log-odds. Pass it through the sigmoid.",
    "odds-read-as-probability": "That is the odds. Divide by one plus the odds to get a probability.",
    "logit-sign-flipped": "That is the probability of the opposite. Check the sign in the exponent.",
    "intercept-dropped": "You left out the intercept.",
}


def _sigmoid(z):
    return 1 / (1 + math.exp(-z))


def generate(rng):
    event, feature, sign = CASES[rng.integers(len(CASES))]
    while True:
        b = round(float(rng.integers(-30, 16)) / 10, 1)
        w = round(sign * float(rng.integers(2, 13)) / 10, 1)
        x = int(rng.integers(1, 6))
        z = round(b + w * x, 1)
        wrong = {
            "score-for-probability": z,
            "odds-read-as-probability": math.exp(z),
            "logit-sign-flipped": _sigmoid(-z),
            "intercept-dropped": _sigmoid(w * x),
        }
        if abs(z) < 3.5 and all(
            abs(p - q) > 0.02 for p, q in combinations([_sigmoid(z), *wrong.values()], 2)
        ):
            break
    return {
        "params": {
            "event": event,
            "feature": feature,
            "b": number(b),
            "w": number(w),
            "x": x,
            "z": number(z),
            "p": f"{_sigmoid(z):.2f}",
            "numbers": [b, w, x],
        },
        "answer": _sigmoid(z),
        "rtol": 0,
        "atol": 0.0051,
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: the sigmoid as a shifted hyperbolic tangent."""
    b, w, x = params["numbers"]
    return 0.5 * (1 + math.tanh((b + w * x) / 2))
