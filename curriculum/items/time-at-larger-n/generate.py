"""Scaling a measured time by the order of growth; the second route counts steps."""

import itertools

JOBS = {
    1.5: ("A report that sorts all orders", "Sorting a log file by time"),
    2: ("A script that compares all pairs of customers", "A distance table of all flats", "A duplicate finder with two nested loops"),
    3: ("A search over all triples of rows", "A matrix product of square tables written as three loops"),
}
LINEAR = ("growth-taken-as-linear", "That would be right if the steps grew in proportion to the rows. Here they grow faster.")
FACTOR = ("exponent-as-factor", "The exponent is a power, not a factor: raise the ratio of the rows to it.")
LOOP = ("one-loop-overlooked", "One loop is missing: count how many are nested.")
SQUARE = ("n-log-n-taken-as-square", "n log n grows only a little faster than n; you squared the ratio.")


def generate(rng):
    power = [1.5, 2, 2, 3][rng.integers(4)]
    seconds = int(rng.integers(2, 13))
    if power == 1.5:
        a, b = [(2, 4), (3, 6), (2, 3), (4, 6), (3, 4), (4, 5)][rng.integers(6)]
        small, ratio = 10**a, 10 ** (b - a)
        answer = seconds * ratio * b / a
        growth = r"$n \log n$"
        wrong = [(seconds * ratio, LINEAR), (seconds * ratio**2, SQUARE)]
        why = (
            f"The rows grow {ratio:,}-fold and the logarithm from {a} to {b} (base 10, any base gives the same "
            f"ratio): ${seconds} \\cdot {ratio} \\cdot {b}/{a} = {answer:g}$ seconds."
        )
    else:
        ratio = int(rng.integers(4, 11))
        small = int(rng.choice([100, 200, 500, 1000, 2000]))
        answer = seconds * ratio**power
        growth = f"$n^{power}$"
        wrong = [(seconds * ratio, LINEAR), (seconds * ratio * power, FACTOR)]
        if power == 3:
            wrong.append((seconds * ratio**2, LOOP))
        why = f"The rows grow {ratio}-fold, so the steps grow ${ratio}^{power} = {ratio**power}$-fold: ${seconds} \\cdot {ratio**power} = {answer}$ seconds."
    job = JOBS[power][rng.integers(len(JOBS[power]))]
    return {
        "params": {
            "job": job,
            "seconds": seconds,
            "small": f"{small:,}",
            "large": f"{small * ratio:,}",
            "growth": growth,
            "why": why,
            "power": power,
            "rows": [small, small * ratio],
        },
        "answer": answer,
        "rtol": 0.02,
        "atol": 0.5,
        "unit": "seconds",
        "distractors": [
            {"value": value, "misconception": name, "feedback": text} for value, (name, text) in wrong
        ],
    }


def check(params):
    """Second route: count the steps of such a program at two sizes with the same ratio."""
    small, large = params["rows"]
    if params["power"] == 1.5:
        return params["seconds"] * merged(large) / merged(small)
    loops = params["power"]
    count = lambda n: sum(1 for _ in itertools.product(range(n), repeat=loops))  # noqa: E731
    return params["seconds"] * count(2 * large // small) / count(2)


def merged(n):
    """Steps of a ten-way merge sort: ten parts of a tenth each, and one pass to merge."""
    return 0 if n == 1 else 10 * merged(n // 10) + n
