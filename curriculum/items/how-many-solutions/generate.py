"""Count the solutions of a 3x3 system: one, none or infinitely many."""

from fractions import Fraction

ONE, NONE, MANY = "exactly one", "none at all", "infinitely many"
TWO = "exactly three"


def generate(rng):
    kind = (ONE, NONE, MANY)[rng.integers(3)]
    while True:
        first, second = rng.integers(-3, 5, size=(2, 3)).tolist()
        p, q = (int(v) for v in rng.choice((-1, 1, 2), size=2))
        solution = rng.integers(-3, 4, size=3).tolist()
        third = [p * u + q * v for u, v in zip(first, second, strict=True)]
        if kind == ONE:
            third[int(rng.integers(3))] += int(rng.choice((-1, 1, 2)))
        rows = [first, second, third]
        right = [sum(u * v for u, v in zip(row, solution, strict=True)) for row in rows]
        off = int(rng.choice((-3, -2, 1, 2, 4)))
        if kind == NONE:
            right[2] += off
        plain = all(abs(v) <= 9 for row in rows for v in row) and all(any(row) for row in rows)
        crossed = any(first[i] * second[i - 1] != first[i - 1] * second[i] for i in range(3))
        if plain and crossed and (kind != ONE or _determinant(rows)):
            break
    # Shuffle the equations, so that the dependent one is not always last.
    order = rng.permutation(3).tolist()
    shown = [(rows[i], right[i]) for i in order]
    names = {i: f"equation {place + 1}" for place, i in enumerate(order)}
    combination = f"{_times(p)} {names[0]} + {_times(q)} {names[1]}"
    why = {
        ONE: "The determinant of the coefficients is "
        f"{_determinant([row for row, _ in shown])}, not zero: no equation's left side is a combination "
        f"of the others, so there is exactly one solution, $({', '.join(str(v) for v in solution)})$.",
        NONE: f"The left side of {names[2]} is {combination}. The right sides would then have to agree, "
        f"but they differ by {abs(off)}: elimination ends in $0 = {off}$. No solution.",
        MANY: f"The whole of {names[2]} is {combination}, left and right. It says nothing new: two equations "
        "remain for three unknowns, and one unknown is free.",
    }
    return {
        "params": {
            "system": r"\begin{aligned}" + r"\\".join(_equation(*one) for one in shown) + r"\end{aligned}",
            "why": why[kind],
            "rows": [[*row, value] for row, value in shown],
        },
        "answer": kind,
        "distractors": [_wrong(option, kind) for option in (ONE, NONE, MANY, TWO) if option != kind],
    }


def _wrong(option, kind):
    if option == TWO:
        slug, feedback = "finitely-many-solutions", (
            "Never: with two different solutions, every point on the line through them is a solution too."
        )
    elif option == ONE:
        slug, feedback = "counts-equations", (
            "As many equations as unknowns do not suffice: look for an equation whose left side is a combination of the others."
        )
    elif kind == ONE:
        slug, feedback = "sees-dependence-anywhere", (
            "Try to build one left side from the other two. Here it cannot be done, so elimination finds a pivot for every unknown."
        )
    else:
        slug, feedback = "right-side-ignored", (
            "The left sides are dependent. Now compare the right sides: do they satisfy the same combination?"
        )
    return {"value": option, "misconception": slug, "feedback": feedback}


def _times(factor):
    return f"{factor} ×" if factor > 0 else f"(−{-factor}) ×"


def _determinant(rows):
    (a, b, c), (d, e, f), (g, h, i) = rows
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def _equation(row, value):
    text = ""
    for factor, name in zip(row, "xyz", strict=True):
        if factor:
            sign = " - " if factor < 0 else " + " if text else ""
            text += sign + (str(abs(factor)) if abs(factor) != 1 else "") + name
    return f"{text} &= {value}"


def check(params):
    """Second route: exact elimination with fractions, then compare ranks."""
    rows = [[Fraction(v) for v in row] for row in params["rows"]]
    rank = 0
    for column in range(3):
        pivot = next((r for r in range(rank, 3) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for r in range(rank + 1, 3):
            factor = rows[r][column] / rows[rank][column]
            rows[r] = [u - factor * v for u, v in zip(rows[r], rows[rank], strict=True)]
        rank += 1
    if any(row[3] and not any(row[:3]) for row in rows):
        return NONE
    return ONE if rank == 3 else MANY
