"""Bernoulli log-likelihood of a few forecasts, against forgotten noes and misplaced logarithms."""

import math

STORIES = (
    "A model forecasts whether a customer leaves.",
    "A model forecasts whether a parcel is late.",
    "A model forecasts whether a payment is fraud.",
    "A model forecasts whether a patient returns within a month.",
    "A model forecasts whether it rains.",
)


def generate(rng):
    while True:
        n = int(rng.integers(3, 6))
        tenths = [int(t) for t in rng.choice([1, 2, 3, 4, 6, 7, 8, 9], size=n)]
        yes = [int(y) for y in rng.integers(0, 2, size=n)]
        right = [t / 10 if y else 1 - t / 10 for t, y in zip(tenths, yes, strict=True)]
        logs = [math.log(q) for q in right]
        answer = sum(logs)
        wrong = {
            "no-outcomes-left-out": sum(q for q, y in zip(logs, yes, strict=True) if y),
            "probability-of-yes-for-every-outcome": sum(math.log(t / 10) for t in tenths),
            "logarithm-of-sum": math.log(sum(right)),
            "likelihood-without-logarithm": math.prod(right),
            "mean-for-sum-of-logs": answer / n,
        }
        values = [answer, *wrong.values()]
        if 0 < sum(yes) < n and min(abs(a - b) for i, a in enumerate(values) for b in values[:i]) > 0.01:
            break
    feedback = {
        "no-outcomes-left-out": "The cases that ended in a no count too, each with the probability given to no.",
        "probability-of-yes-for-every-outcome": "You used the probability of yes throughout. Where the outcome was no, "
        "take the probability given to no.",
        "logarithm-of-sum": "You took the logarithm of a sum. Take logarithms first, then add.",
        "likelihood-without-logarithm": "That is the likelihood, the product. Its logarithm was asked for.",
        "mean-for-sum-of-logs": "That is the average per case. The log-likelihood is the sum.",
    }
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))], "n": n,
            "head": " | ".join(str(i + 1) for i in range(n)), "rule": "---|" * n,
            "given": " | ".join(f"{t / 10:.1f}" for t in tenths),
            "outcomes": " | ".join("yes" if y else "no" for y in yes),
            "sum": " + ".join(rf"\ln {q:.1f}" for q in right), "answer": f"{answer:.4f}",
            "tenths": tenths, "yes": yes,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0011,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: multiply whole numbers of tenths, one logarithm at the end."""
    product = 1
    for tenths, yes in zip(params["tenths"], params["yes"], strict=True):
        product *= tenths if yes else 10 - tenths
    return math.log(product) - len(params["yes"]) * math.log(10)
