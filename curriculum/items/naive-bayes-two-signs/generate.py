"""Posterior of one class from two observations taken as independent within each class."""

from itertools import combinations

from journeyman.core.tex import number

CASES = (
    ("messages", "spam", "the word “prize”", "a shortened link"),
    ("card payments", "fraudulent", "a new device", "a foreign shop"),
    ("parts from a line", "faulty", "a scratch", "a weight off by a gram"),
    ("insurance claims", "padded", "a round amount", "a missing receipt"),
    ("patients with a cough", "infected", "a fever", "a sore throat"),
    ("accounts", "automated", "no picture", "posts at night"),
    ("orders", "returned later", "two sizes ordered", "a first purchase"),
    ("pumps", "about to fail", "vibration", "a warm bearing"),
)
FEEDBACK = {
    "prior-ignored": "You left out how common the two classes are.",
    "bayes-product-not-normalised": "That is the product for one class. Divide by the sum over both classes.",
    "one-observation-only": "You used one of the two observations. Each multiplies in.",
}


def generate(rng):
    while True:
        prior = float(rng.choice((0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)))
        bad = [float(v) / 100 for v in rng.choice(range(20, 85, 5), 2)]
        good = [float(v) / 100 for v in rng.choice(range(5, 50, 5), 2)]
        if min(b - g for b, g in zip(bad, good, strict=True)) < 0.04:
            continue  # both observations are signs of the rarer class
        joint = prior * bad[0] * bad[1], (1 - prior) * good[0] * good[1]
        answer = joint[0] / sum(joint)
        wrong = {
            "prior-ignored": bad[0] * bad[1] / (bad[0] * bad[1] + good[0] * good[1]),
            "bayes-product-not-normalised": joint[0],
            "one-observation-only": prior * bad[0] / (prior * bad[0] + (1 - prior) * good[0]),
        }
        if all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    things, name, first, second = CASES[rng.integers(len(CASES))]
    percent = lambda v: f"{100 * v:.0f} %"  # noqa: E731
    return {
        "params": {
            "prior": percent(prior),
            "things": things,
            "bad": name,
            "first": first,
            "second": second,
            "a_bad": percent(bad[0]),
            "b_bad": percent(bad[1]),
            "a_good": percent(good[0]),
            "b_good": percent(good[1]),
            "joint_bad_sum": rf"{number(prior)} \cdot {number(bad[0])} \cdot {number(bad[1])}",
            "joint_good_sum": rf"{number(1 - prior)} \cdot {number(good[0])} \cdot {number(good[1])}",
            "joint_bad": f"{joint[0]:.4f}",
            "joint_good": f"{joint[1]:.4f}",
            "p": f"{answer:.2f}",
            "numbers": [prior, *bad, *good],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0051,
        "distractors": [
            {"value": value, "misconception": slug, "feedback": FEEDBACK[slug]}
            for slug, value in wrong.items()
        ],
    }


def check(params):
    """Second route: update the odds one observation at a time, then turn them into a probability."""
    prior, a_bad, b_bad, a_good, b_good = params["numbers"]
    odds = prior / (1 - prior)
    for ratio in (a_bad / a_good, b_bad / b_good):
        odds *= ratio
    return 1 - 1 / (1 + odds)
