"""Masks with and, or, not and missing values; the second route runs pandas."""

BLANK = ("blank-counted-on-the-wrong-side", "A comparison with a missing value is false, and `~` turns that false into true. `!=` with a missing value is true. Count the rows with NaN again.")
SWAP = ("and-or-swapped", "`&` wants both conditions, `|` at least one.")
EDGE = ("boundary-taken-wrongly", "Look at the rows that lie exactly on the limit: `<` leaves them out, `<=` takes them in.")
NOT = ("negation-overlooked", "`~` and `!=` turn a condition round: they keep the rows for which it is not true.")


def generate(rng):
    while True:
        price = [int(v) if v else None for v in rng.choice([0, 150, 180, 200, 220, 250], size=7)]
        rooms = [int(v) for v in rng.integers(1, 5, size=7)]
        limit, least = int(rng.choice([180, 200, 220])), int(rng.integers(2, 4))
        code, why, keep, wrong = [both, either, negated, unequal][rng.integers(4)](limit, least)
        rows = list(zip(price, rooms, strict=True))
        count = lambda rule: sum(bool(rule(p, r)) for p, r in rows)  # noqa: B023, E731
        answer = count(keep)
        wrong = [(count(rule), cause) for rule, cause in wrong]
        if {None, limit} <= set(price) and len({answer, *(value for value, _ in wrong)}) == len(wrong) + 1:
            break
    lines = [f"{'price':>6} {'rooms':>6}"]
    lines += [f"{'NaN' if p is None else p:>6} {r:>6}" for p, r in rows]
    return {
        "params": {
            "table": "\n".join(lines),
            "price": price,
            "rooms": rooms,
            "code": code,
            "why": why,
            "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.01,
        "unit": "rows",
        "distractors": [
            {"value": value, "misconception": name, "feedback": text} for value, (name, text) in wrong
        ],
    }


def below(p, limit):
    """A comparison as pandas makes it: false where the price is missing."""
    return p is not None and p < limit


def both(limit, least):
    return (
        f"(flats.price < {limit}) & (flats.rooms >= {least})",
        f"Both must hold: a price below {limit}, which no missing price is, and at least {least} rooms.",
        lambda p, r: below(p, limit) and r >= least,
        [
            (lambda p, r: below(p, limit) or r >= least, SWAP),
            (lambda p, r: (p is None or p < limit) and r >= least, BLANK),
        ],
    )


def either(limit, least):
    return (
        f"(flats.price < {limit}) | (flats.rooms > {least})",
        f"One is enough: a price below {limit}, which no missing price is, or more than {least} rooms.",
        lambda p, r: below(p, limit) or r > least,
        [
            (lambda p, r: below(p, limit) and r > least, SWAP),
            (lambda p, r: below(p, limit) or r >= least, EDGE),
        ],
    )


def negated(limit, least):
    del least
    return (
        f"~(flats.price < {limit})",
        f"A row is left out only if its price is known and below {limit}; a missing price makes the comparison false, and `~` makes it true.",
        lambda p, r: not below(p, limit),
        [(lambda p, r: p is not None and p >= limit, BLANK), (lambda p, r: below(p, limit), NOT)],
    )


def unequal(limit, least):
    del least
    return (
        f"flats.price != {limit}",
        f"Only rows with the price {limit} go; `!=` is true for a missing price.",
        lambda p, r: p != limit,
        [(lambda p, r: p is not None and p != limit, BLANK), (lambda p, r: p == limit, NOT)],
    )


def check(params):
    """Second route: let pandas filter."""
    import pandas as pd

    flats = pd.DataFrame({"price": pd.Series(params["price"], dtype=float), "rooms": params["rooms"]})
    return len(flats[eval(params["code"], {"flats": flats})])  # our own text
