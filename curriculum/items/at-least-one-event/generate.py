"""At least one of n independent events of probability p, through the complement."""

from fractions import Fraction
from math import comb

STORIES = (
    ("A rack holds {n} disks; each fails within a year with probability {p}.", "disks", "fails"),
    ("A shop sends {n} parcels; each is late with probability {p}.", "parcels", "is late"),
    ("A clinic has {n} appointments in the morning; each patient stays away with probability {p}.",
     "patients", "stays away"),
    ("A page loads {n} images; each request times out with probability {p}.", "requests", "times out"),
    ("A batch has {n} solder joints; each is faulty with probability {p}.", "joints", "is faulty"),
)  # fmt: skip


def generate(rng):
    while True:
        story, things, fails = STORIES[rng.integers(len(STORIES))]
        n, percent = int(rng.integers(3, 9)), int(rng.choice([2, 3, 4, 5, 8, 10, 12, 15, 20]))
        p = percent / 100
        answer = 1 - (1 - p) ** n
        wrong = {
            "adds-overlapping-probabilities": n * p,
            "stops-at-complement": (1 - p) ** n,
            "all-for-at-least-one": p**n,
            "exactly-for-at-least-one": n * p * (1 - p) ** (n - 1),
        }
        values = [answer, *wrong.values()]
        gaps = [abs(a - b) for i, a in enumerate(values) for b in values[:i]]
        if min(gaps) > 0.004:
            break
    feedback = {
        "adds-overlapping-probabilities": "Adding counts the cases with two or more of them several times; "
        "with enough of them it would pass 1. Use the complement.",
        "stops-at-complement": "That is the probability that none of them does; one step is missing.",
        "all-for-at-least-one": "That is the probability that all of them do at once.",
        "exactly-for-at-least-one": "That is the probability of exactly one; two or more count as well.",
    }
    return {
        "params": {
            "story": story.format(n=n, p=p),
            "things": things,
            "fails": fails,
            "n": n,
            "p": p,
            "keep": f"{1 - p:.2f}",
            "none": f"{(1 - p) ** n:.4f}",
            "answer": f"{answer:.4f}",
            "percent": percent,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: add up exactly one, exactly two, ... exactly n, in exact fractions."""
    n, p = params["n"], Fraction(params["percent"], 100)
    return float(sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(1, n + 1)))
