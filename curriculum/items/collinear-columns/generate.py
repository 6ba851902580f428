"""Rank of a design matrix with one exact linear relation and one that is not linear."""

import numpy as np

# Columns with an exact linear relation (with the intercept, which is always there), and why.
EXACT = (
    (("net price", "tax", "gross price"), "net tax sum", "Gross is net plus tax, exactly."),
    (("temperature in °C", "temperature in °F"), "celsius", "Fahrenheit is 32 + 1.8 × Celsius, a sum of the intercept and a column."),
    (("is a weekday (0/1)", "is a weekend day (0/1)"), "flags", "The two flags add up to the column of ones."),
    (("year of birth", "age reached in the survey year 2024"), "birth", "The age is 2024 − the year of birth, exactly."),
    (("ward A (0/1)", "ward B (0/1)", "ward C, the only other ward (0/1)"), "three flags", "The three flags add up to the column of ones."),
    (("share paid by card", "share paid in cash or otherwise"), "shares", "The two shares add up to 1, the intercept."),
    (("hours asleep", "hours awake (of 24)"), "sleep", "The two add up to 24 times the column of ones."),
    (("income", "spending", "saving (income − spending)"), "net tax sum", "Saving is income minus spending, exactly."),
)
# Columns related by a curve: independent all the same.
CURVED = (
    (("distance", "distance squared"), "square", "A quantity and its square are related, but not linearly: they stay independent."),
    (("width of the garden", "length of the garden", "area of the garden (width × length)"), "product", "The area is a product, not a weighted sum: it stays independent."),
    (("rent", "logarithm of the rent"), "log", "A logarithm is no linear function of the rent: both stay."),
    (("body weight", "body height", "body mass index"), "bmi", "The body mass index is a quotient, not a weighted sum: it stays independent."),
    (("speed", "travel time over 10 km"), "inverse", "The time is inversely proportional to the speed, which is not linear: both stay."),
    (("shoe size", "arm span (correlation 0.9 with the shoe size)"), "noisy", "A correlation of 0.9 is not an exact relation: both stay."),
)


MISSED = "Look again: some column can be computed exactly as a weighted sum of others. Do not forget the intercept."
ALL_COUNT = "Only exact linear relations lower the rank. A curve or a correlation does not."
ROWS = "The rank is at most the smaller of the two sizes, and there are far fewer columns than rows."


def generate(rng):
    relations = int(rng.integers(3))  # how many of the blocks hide an exact relation
    exact = [EXACT[i] for i in rng.permutation(len(EXACT))[:relations]]
    curved = [CURVED[i] for i in rng.permutation(len(CURVED))[: 1 if relations else 2]]
    blocks = [*exact, *curved]
    n = int(rng.choice((60, 120, 250, 400)))
    shuffled = [blocks[i] for i in rng.permutation(len(blocks))]
    names = ["intercept (a column of ones)", *(name for block in shuffled for name in block[0])]
    p = len(names)
    rank = p - relations
    wrong = {
        0: ((p - 1, "any-relation-is-dependence", ALL_COUNT), (p - 2, "any-relation-is-dependence", ALL_COUNT), (n, "rank-is-rows", ROWS)),
        1: ((p, "exact-relation-missed", MISSED), (p - 2, "any-relation-is-dependence", ALL_COUNT), (n, "rank-is-rows", ROWS)),
        2: ((p, "exact-relation-missed", MISSED), (p - 1, "exact-relation-missed", MISSED), (p - 3, "any-relation-is-dependence", ALL_COUNT)),
    }[relations]
    return {
        "params": {
            "n": n,
            "p": p,
            "list": "\n".join(f"- {name}" for name in names),
            "why": " ".join(block[2] for block in blocks),
            "count": _count(p, relations),
            "kinds": [block[1] for block in blocks],
        },
        "answer": f"${rank}$",
        "distractors": [
            {"value": f"${value}$", "misconception": slug, "feedback": feedback}
            for value, slug, feedback in wrong
        ],
    }


def _count(p, relations):
    if relations == 0:
        return f"No relation among them is exact and linear, so the rank is {p}."
    cost = "This exact relation costs one" if relations == 1 else "Each of the two exact relations costs one"
    return f"{cost}: the rank is {p} − {relations} = {p - relations}."


def check(params):
    """Second route: simulate such a table and count its non-zero singular values."""
    rng = np.random.default_rng(0)
    columns = [np.ones(params["n"])]
    for kind in params["kinds"]:
        columns += _simulate(kind, rng, params["n"])
    table = np.column_stack(columns)
    return f"${np.linalg.matrix_rank(table / np.linalg.norm(table, axis=0))}$"


def _simulate(kind, rng, n):
    u, v = rng.uniform(1, 5, size=(2, n))
    group = rng.integers(3, size=n)
    return {
        "net tax sum": [u, v, u + v],
        "celsius": [u, 32 + 1.8 * u],
        "flags": [group == 0, group != 0],
        "birth": [1950 + u, 2024 - (1950 + u)],
        "three flags": [group == 0, group == 1, group == 2],
        "shares": [u / 5, 1 - u / 5],
        "sleep": [u, 24 - u],
        "square": [u, u**2],
        "product": [u, v, u * v],
        "log": [u, np.log(u)],
        "bmi": [u, v, u / v**2],
        "inverse": [u, 10 / u],
        "noisy": [u, u + rng.normal(size=n)],
    }[kind]
