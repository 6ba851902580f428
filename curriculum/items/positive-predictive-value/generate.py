"""Bayes' theorem for a positive result, against the usual neglects."""

from fractions import Fraction

STORIES = (
    ("{base} of the people tested at a clinic have an infection. The test is positive for {hit} of those who have it and "
     "for {false} of those who do not. A test is positive.",
     "this person has the infection", "people", "infected", "positive"),
    ("{base} of a bank's payments are fraud. An alarm flags {hit} of the fraud and {false} of the honest payments. "
     "A payment is flagged.", "it is fraud", "payments", "fraudulent", "flagged"),
    ("{base} of a mail server's messages carry malware. A filter stops {hit} of these and {false} of the harmless "
     "ones. A message is stopped.", "it carries malware", "messages", "harmful", "stopped"),
    ("{base} of the parts from a line are cracked. A camera rejects {hit} of the cracked parts and {false} of the sound "
     "ones. A part is rejected.", "it is cracked", "parts", "cracked", "rejected"),
)  # fmt: skip


def generate(rng):
    while True:
        story, asked, cases, bad, flagged = STORIES[rng.integers(len(STORIES))]
        base = int(rng.choice([5, 10, 20, 30, 40, 50]))  # per thousand
        hit = int(rng.choice([80, 85, 90, 95]))  # per cent
        false = int(rng.integers(2, 11))
        b, h, f = base / 1000, hit / 100, false / 100
        answer = b * h / (b * h + (1 - b) * f)
        wrong = {
            "hit-rate-for-posterior": h,
            "one-minus-false-alarm": 1 - f,
            "base-rate-neglected": h / (h + f),
            "joint-for-posterior": b * h,
        }
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.004:
            break
    feedback = {
        "hit-rate-for-posterior": "That is how often the real cases are caught. The question runs the other way: among "
        "the positive ones, how many are real?",
        "one-minus-false-alarm": "That is how often the others are rightly let through. Count true and false alarms.",
        "base-rate-neglected": "You weighed both rates equally, as if half of the cases were real. Weigh them by the "
        "base rate.",
        "joint-for-posterior": "That is the share of all cases that are real and positive. Divide by the share of all "
        "that are positive.",
    }
    real = base * 100
    return {
        "params": {
            "story": story.format(base=f"{base / 10:g} %", hit=f"{hit} %", false=f"{false} %"),
            "asked": asked, "cases": cases, "bad": bad, "flagged": flagged,
            "real": f"{real:,}", "hit": real * hit // 100, "hits": f"{real * hit // 100:,}",
            "rest": f"{100_000 - real:,}", "false": (100_000 - real) * false // 100,
            "alarms": f"{(100_000 - real) * false // 100:,}", "answer": f"{answer:.4f}",
            "rates": [base, hit, false],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: the odds form, in exact fractions."""
    base, hit, false = params["rates"]
    odds = Fraction(base, 1000 - base) * Fraction(hit, false)
    return float(odds / (1 + odds))
