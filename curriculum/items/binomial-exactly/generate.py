"""Binomial probability of exactly k, against forgotten counts of orders and tails."""

from itertools import combinations
from math import comb

STORIES = (
    ("Each of {n} visitors buys with probability {p}, independently of the others.", "buy"),
    ("Each of {n} devices fails in the test with probability {p}, independently of the others.", "fail"),
    ("Each of {n} patients responds to a treatment with probability {p}, independently of the others.", "respond"),
    ("Each of {n} messages is spam with probability {p}, independently of the others.", "are spam"),
    ("Each of {n} parcels arrives late with probability {p}, independently of the others.", "arrive late"),
)


def generate(rng):
    while True:
        story, event = STORIES[rng.integers(len(STORIES))]
        n = int(rng.integers(4, 9))
        k, tenths = int(rng.integers(1, 4)), int(rng.integers(1, 5))
        p = tenths / 10
        q = 1 - p
        answer = comb(n, k) * p**k * q ** (n - k)
        tail = sum(comb(n, j) * p**j * q ** (n - j) for j in range(k, n + 1))
        wrong = {
            "orders-not-counted": p**k * q ** (n - k),
            "failures-left-out": comb(n, k) * p**k,
            "at-least-for-exactly": tail,
            "below-for-exactly": 1 - tail + answer,
        }
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.004:
            break
    feedback = {
        "orders-not-counted": "That is the probability of one particular choice of them. How many choices are there?",
        "failures-left-out": "The remaining ones must not: their probabilities are factors too.",
        "at-least-for-exactly": "That is the probability of at least so many; larger counts do not belong here.",
        "below-for-exactly": "That is the probability of at most so many; smaller counts do not belong here.",
    }
    return {
        "params": {
            "story": story.format(n=n, p=p), "event": event, "n": n, "k": k, "rest": n - k,
            "p": p, "q": f"{q:.1f}", "choices": comb(n, k), "answer": f"{answer:.4f}", "tenths": tenths,
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
    """Second route: add the probability of every choice of k out of n, one by one, in whole numbers."""
    n, k, tenths = params["n"], params["k"], params["tenths"]
    total = 0
    for chosen in combinations(range(n), k):
        product = 1
        for position in range(n):
            product *= tenths if position in chosen else 10 - tenths
        total += product
    return total / 10**n
