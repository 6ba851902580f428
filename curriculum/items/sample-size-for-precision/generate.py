"""The square-root law: k times the precision costs k squared times the data."""

import math

STORIES = (
    ("A shop estimates its mean basket.", "baskets", "the mean", "{:g} euros"),
    ("A team measures a classifier's accuracy.", "test cases", "the accuracy", "{:g} percentage points"),
    ("A clinic estimates the mean stay.", "patients", "the mean", "{:g} hours"),
    ("A poll estimates a share of voters.", "answers", "the share", "{:g} percentage points"),
    ("A site estimates its mean loading time.", "visits", "the mean", "{:g} milliseconds"),
)


def generate(rng):
    story, rows, what, form = STORIES[rng.integers(len(STORIES))]
    while True:
        k = int(rng.choice([2, 3, 4, 5, 10]))
        n = int(rng.choice([50, 100, 150, 200, 250, 300, 400]))
        goal = float(rng.choice([0.3, 0.4, 0.6, 0.8]))
        # A share's standard error is at most 50 / sqrt(n) percentage points.
        if "points" not in form or k * goal < 48 / math.sqrt(n):
            break
    root = math.ceil(n * math.sqrt(k))
    return {
        "params": {
            "story": story, "rows": rows, "what": what, "n": n, "k": k, "k2": k * k,
            "se": form.format(k * goal), "goal": form.format(goal), "answer": f"{n * k * k:,}",
            "numbers": [n, k * goal, goal],
        },
        "answer": f"about {n * k * k:,}",
        "distractors": [
            {
                "value": f"about {n * k:,}",
                "misconception": "error-falls-like-n",
                "feedback": "That would do if the standard error fell in proportion to n. It falls with its root.",
            },
            {
                "value": f"about {root:,}",
                "misconception": "root-law-reversed",
                "feedback": "You grew n by the root of the factor; it is the other way round.",
            },
            {
                "value": f"about {n * k**3:,}",
                "misconception": "cube-for-square",
                "feedback": "That is more than needed. The standard error contains the square root of n.",
            },
        ],
    }  # fmt: skip


def check(params):
    """Second route: search for the first n at which s / sqrt(n) is small enough (s from the given error)."""
    n, error, goal = params["numbers"]
    spread = error * math.sqrt(n)
    needed = n
    while spread / math.sqrt(needed) > goal * (1 + 1e-9):
        needed += 1
    return f"about {needed:,}"
