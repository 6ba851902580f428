"""Bisection: the largest number of tests for n suspects; the second route plays it through."""

import math

# Each: text, largest plausible number of suspects.
CASES = (
    ("A model's score fell with exactly one of the last {n} commits. One test tells whether a commit is before or after the fault.", 800),
    ("Exactly one of {n} rows of a file makes an import crash. One test runs the import on any part of the rows you choose.", 5000),
    ("A pipeline has {n} steps, and the table is right before the first and wrong after the last. One test looks at the table between two steps.", 40),
    ("One of {n} settings, changed together, makes a job fail. One test runs the job with any part of the changes applied.", 120),
)


def generate(rng):
    text, most = CASES[rng.integers(len(CASES))]
    while True:
        n = int(round(math.exp(rng.uniform(math.log(10), math.log(most)))))
        answer = (n - 1).bit_length()
        low = int(math.log2(n))
        third = low if low != answer else answer + 1
        if len({answer, n - 1, n // 2, third}) == 4:
            break
    left, steps = n, [str(n)]
    while left > 1:
        left = -(-left // 2)
        steps.append(str(left))
    off = "rounds-log-down" if third < answer else "one-test-too-many"
    feedback = {
        "rounds-log-down": "Halving an odd number leaves a larger half that may be the guilty one. Round up.",
        "one-test-too-many": "One too many: when one suspect is left, no further test is needed.",
    }
    return {
        "params": {
            "case": text.format(n=n),
            "n": n,
            "steps": " → ".join(steps),
            "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.01,
        "unit": "tests",
        "distractors": [
            {
                "value": n - 1,
                "misconception": "searches-one-by-one",
                "feedback": "That is testing one suspect after another. A test in the middle rules out half of them.",
            },
            {
                "value": n // 2,
                "misconception": "halves-only-once",
                "feedback": "You halved once and then went one by one. Halve what is left again and again.",
            },
            {"value": third, "misconception": off, "feedback": feedback[off]},
        ],
    }


def check(params):
    """Second route: play the search against every possible culprit and take the longest."""
    return max(tests(params["n"], culprit) for culprit in range(params["n"]))


def tests(n, culprit):
    low, high, used = 0, n, 0
    while high - low > 1:
        middle = low + (high - low + 1) // 2
        low, high = (low, middle) if culprit < middle else (middle, high)
        used += 1
    return used
