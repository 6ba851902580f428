"""Rank of a small integer matrix whose columns hide one or more exact relations."""

from fractions import Fraction

import numpy as np

from journeyman.core.tex import matrix

SHAPES = ((4, 3), (5, 4), (4, 4), (5, 3))


def generate(rng):
    rank = int(rng.choice((1, 2, 3), p=(0.2, 0.45, 0.35)))
    while True:
        m, n = SHAPES[rng.integers(len(SHAPES))]
        if n <= rank:
            continue
        base = rng.integers(-3, 5, size=(m, rank))
        mix = rng.choice((-1, 1, 2), size=(rank, n - rank))
        a = np.hstack([base, base @ mix])
        order = rng.permutation(n)
        found = _rank(a.tolist())
        wrong = {
            "rank-is-columns": n,
            "rank-is-rows": m,
            "rank-is-nullity": n - rank,
        }
        wrong = {name: value for name, value in wrong.items() if value != rank}
        if m == n:
            del wrong["rank-is-rows"]
        enough = len(wrong) >= 2 and len(set(wrong.values())) == len(wrong)
        if found == rank and enough and np.abs(a).max() <= 9 and all(a.any(axis=0)):
            break
    place = {int(old): new + 1 for new, old in enumerate(order)}
    sentences = [
        f"Column {place[rank + j]} is " + _combination(mix[:, j], [place[i] for i in range(rank)]) + "."
        for j in range(n - rank)
    ]
    rest = f"the other {rank} are independent" if rank > 1 else "the remaining one is not zero"
    feedback = {
        "rank-is-columns": "You counted all columns. Some of them can be built from the others.",
        "rank-is-rows": "You counted the rows. The rank cannot exceed the number of columns either.",
        "rank-is-nullity": "You counted the columns that can be spared: that is the dimension of the null space.",
    }
    return {
        "params": {
            "a": matrix(a[:, order]),
            "why": " ".join(sentences) + f" {rest[0].upper()}{rest[1:]}.",
            "answer": rank,
            "bring": "1 column brings" if rank == 1 else f"{rank} columns bring",
            "rows": a[:, order].tolist(),
        },
        "answer": rank,
        "rtol": 0,
        "atol": 1e-9,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def _combination(factors, places):
    words = ""
    for factor, place in zip(factors, places, strict=True):
        sign = " minus " if factor < 0 else " plus "
        if not words:
            sign = "minus " if factor < 0 else ""
        words += sign + ("2 times " if abs(factor) == 2 else "") + f"column {place}"
    return words


def _rank(rows):
    rows, rank = [[Fraction(v) for v in row] for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for r in range(rank + 1, len(rows)):
            factor = rows[r][column] / rows[rank][column]
            rows[r] = [u - factor * v for u, v in zip(rows[r], rows[rank], strict=True)]
        rank += 1
    return rank


def check(params):
    """Second route: count the singular values that are not zero."""
    return int(np.linalg.matrix_rank(np.array(params["rows"], float)))
