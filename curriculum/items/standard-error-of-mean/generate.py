"""Standard error of a mean or of a share, against missing roots and the spread of single values."""

import numpy as np

MEANS = (
    ("The waiting times of {n} customers drawn at random have a standard deviation of {s} minutes.", "the mean waiting time"),
    ("The heating costs of {n} flats drawn at random have a standard deviation of {s} euros a month.", "the mean cost"),
    ("The times of {n} independent requests have a standard deviation of {s} milliseconds.", "the mean time"),
    ("The marks of {n} pupils drawn at random have a standard deviation of {s}.", "the mean mark"),
)
SHARES = (
    ("A classifier is right on {p} of {n} independent test cases.", "its accuracy"),
    ("{p} of {n} customers drawn at random are satisfied.", "this share"),
    ("{p} of {n} patients drawn at random recovered.", "this share"),
)


def generate(rng):
    return _share(rng) if rng.integers(2) else _mean(rng)


def _mean(rng):
    story, what = MEANS[rng.integers(len(MEANS))]
    n = int(rng.choice([16, 20, 25, 30, 36, 50, 64, 80]))
    s = int(rng.choice([x for x in range(6, 41) if x != n]))  # s = n would make two wrong answers alike
    wrong = {
        "spread-of-one-for-mean": s,
        "root-of-n-forgotten": s / n,
        "variance-for-standard-error": s * s / n,
    }
    return _made(
        story.format(n=n, s=s), what, s / np.sqrt(n), 2, wrong,
        rf"{s}/\sqrt{{{n}}}", "The standard deviation of one value, divided by the root of how many there are:",
        {"n": n, "variance": float(s * s)},
    )  # fmt: skip


def _share(rng):
    story, what = SHARES[rng.integers(len(SHARES))]
    percent = int(rng.integers(12, 19) * 5)
    sizes = [n for n in (50, 80, 100, 150, 200, 250, 400) if n * percent % 100 == 0]  # whole cases
    n = int(rng.choice(sizes))
    p = percent / 100
    wrong = {
        "spread-of-one-for-mean": np.sqrt(p * (1 - p)),
        "root-of-n-forgotten": np.sqrt(p * (1 - p)) / n,
        "variance-for-standard-error": p * (1 - p) / n,
    }
    return _made(
        story.format(n=n, p=f"{percent} %"), what, np.sqrt(p * (1 - p) / n), 4, wrong,
        rf"\sqrt{{{p} \times {1 - p:.2f}/{n}}}", "A single yes or no has variance $p(1 - p)$; divide it by how many there are, and take the root:",
        {"n": n, "variance": p * (1 - p)},
    )  # fmt: skip


def _made(story, what, answer, places, wrong, working, why, numbers):  # noqa: PLR0913
    feedback = {
        "spread-of-one-for-mean": "That is the spread of single observations. The average of many varies less.",
        "root-of-n-forgotten": "You divided by n. The variance is divided by n; the standard error by its root.",
        "variance-for-standard-error": "That is the variance of the average. Take its root.",
    }
    return {
        "params": {
            "story": story, "what": what, "places": "two" if places == 2 else "four", "working": working,
            "why": why, "answer": f"{answer:.{places}f}", "numbers": numbers,
        },
        "answer": float(answer),
        "rtol": 0,
        "atol": 0.6 * 10.0**-places,
        "distractors": [
            {"value": float(value), "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: the quadratic form w' C w of n equal weights with a diagonal covariance matrix."""
    n = params["numbers"]["n"]
    weights = np.full(n, 1 / n)
    covariance = np.diag(np.full(n, params["numbers"]["variance"]))
    return float(np.sqrt(weights @ covariance @ weights))
