"""Multiply the odds, not the probability."""

import math

CASES = (
    ("late payment", "a previous reminder"),
    ("readmission to hospital", "an extra chronic illness"),
    ("machine failure", "a month without service"),
    ("a customer leaving", "a complaint in the last year"),
    ("fraud", "a new device"),
    ("an order being returned", "an extra size ordered"),
    ("missing an appointment", "a week of waiting"),
    ("a flight being delayed", "a connecting flight"),
)
FACTORS = (1.5, 2.0, 2.5, 3.0, 4.0)
FEEDBACK = {
    "odds-ratio-times-probability": "You multiplied the probability. The factor applies to the odds.",
    "odds-read-as-probability": "Those are the new odds, written as a percentage. Turn them back into a "
    "probability.",
    "rest-divided-by-odds-ratio": "You divided the probability of the opposite by the factor. The "
    "factor applies to the ratio of the two.",
}


def _percent(p):
    return f"{100 * p:.0f} %"


def generate(rng):
    while True:
        before = int(rng.choice(range(8, 48, 2))) / 100
        factor = float(rng.choice(FACTORS))
        odds = before / (1 - before)
        answer = factor * odds / (1 + factor * odds)
        wrong = {
            "odds-ratio-times-probability": factor * before,
            "odds-read-as-probability": factor * odds,
            "rest-divided-by-odds-ratio": 1 - (1 - before) / factor,
        }
        values = [answer, *wrong.values()]
        clear = all(abs(100 * v % 1 - 0.5) > 0.05 for v in values)
        if clear and len({_percent(v) for v in values}) == 4 and max(values) < 0.98:
            break
    event, feature = CASES[rng.integers(len(CASES))]
    return {
        "params": {
            "event": event,
            "feature": feature,
            "coefficient": f"{math.log(factor):.2f}",
            "factor": f"{factor:g}",
            "before": round(100 * before),
            "rest": round(100 * (1 - before)),
            "odds": f"{odds:.3f}",
            "new_odds": f"{factor * odds:.3f}",
            "after": f"{100 * answer:.0f}",
            "numbers": [before, factor],
        },
        "answer": _percent(answer),
        "distractors": [
            {"value": _percent(value), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: add the coefficient on the log-odds scale with SciPy's logit and expit."""
    from scipy.special import expit, logit

    before, factor = params["numbers"]
    return _percent(float(expit(logit(before) + math.log(factor))))
