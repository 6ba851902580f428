"""Shapes after reductions, slices and reshapes; the second route runs NumPy."""

import numpy as np

KEPT = ("axis-kept-instead-of-dropped", "The axis that is named disappears; the others stay.")
AS_ONE = ("dropped-axis-kept-as-one", "That axis would stay with length 1 only with `keepdims=True` or a list of positions.")
NEVER = ("kept-axis-dropped", "A slice keeps its axis, even if it picks a single row.")
WRITTEN = ("kept-axis-dropped", "The 1 in the call is a length like the others: that axis stays.")
FROM = ("slice-start-taken-for-end", "A number before the colon says where the slice starts, not how many it takes.")
NO_ONE = ("kept-axis-dropped", "Here the axis is kept with length 1; look at `keepdims` or at the inner brackets.")
END = ("slice-end-included", "A slice leaves out its end.")
SWAPPED = ("axes-swapped", "You swapped the axes. The first length belongs to the rows.")
FLAT = ("array-flattened", "The result keeps its axes; nothing here makes one flat list.")
UP_TO = ("index-taken-for-slice", "A single position picks one column; it does not mean “up to that column”.")
ASKED = ("minus-one-kept", "-1 is a request to NumPy to put in the length that fits. Compute it from the number of entries.")
SAME = ("operation-changes-no-shape", "This operation does change the shape. Go through the axes one by one.")


def generate(rng):
    while True:
        n, m = (int(v) for v in rng.integers(3, 10, size=2))
        made = [reduced, kept, column, column_list, rows, turned, folded, block][rng.integers(8)]
        code, why, answer, wrong = made(rng, n, m)
        shapes = [answer, *(shape for shape, _ in wrong)]
        if n != m and len(set(shapes)) == len(shapes):
            break
    return {
        "params": {"shape": str((n, m)), "size": [n, m], "code": code, "why": why, "answer": f"`{answer}`"},
        "answer": f"`{answer}`",
        "distractors": [
            {"value": f"`{shape}`", "misconception": name, "feedback": text}
            for shape, (name, text) in wrong
        ],
    }


def reduced(rng, n, m):
    axis = int(rng.integers(2))
    verb = ("sum", "mean", "max")[rng.integers(3)]
    stays, gone = ((m, n), (n, m))[axis]
    one = ((1, m), (n, 1))[axis]
    return (
        f"a.{verb}(axis={axis})",
        f"Axis {axis} has length {gone} and disappears.",
        (stays,),
        [((gone,), KEPT), (one, AS_ONE), ((n, m), SAME)],
    )


def kept(rng, n, m):
    axis = int(rng.integers(2))
    verb = ("sum", "mean", "max")[rng.integers(3)]
    answer, other = (((1, m), (n, 1)), ((n, 1), (1, m)))[axis]
    return (
        f"a.{verb}(axis={axis}, keepdims=True)",
        f"Axis {axis} is reduced and, by `keepdims=True`, stays with length 1.",
        answer,
        [(other, KEPT), (((m,), (n,))[axis], NO_ONE), ((n, m), SAME)],
    )


def column(rng, n, m):
    j = int(rng.integers(2, m))
    return (
        f"a[:, {j}]",
        f"All {n} rows, one column; a single position makes its axis disappear.",
        (n,),
        [((m,), SWAPPED), ((n, 1), AS_ONE), ((n, j), UP_TO)],
    )


def column_list(rng, n, m):
    j = int(rng.integers(2, m))
    return (
        f"a[:, [{j}]]",
        "A list of positions keeps its axis, here with length 1.",
        (n, 1),
        [((n,), NO_ONE), ((1, n), SWAPPED), ((n, j), UP_TO)],
    )


def rows(rng, n, m):
    start = int(rng.integers(0, n - 2))
    stop = int(rng.integers(start + 1, n))
    return (
        f"a[{start}:{stop}]",
        f"The rows {start} up to, but not including, {stop}: {stop - start} of them, with all {m} columns.",
        (stop - start, m),
        [((stop - start + 1, m), END), ((n, stop - start), SWAPPED), ((stop - start,), NEVER)],
    )


def turned(rng, n, m):
    return (
        ("a.T", "a.T.copy()")[rng.integers(2)],
        "The transpose swaps the two axes.",
        (m, n),
        [((n, m), SAME), ((n * m,), FLAT)],
    )


def folded(rng, n, m):
    k = m if rng.integers(2) else n
    return (
        f"a.reshape(-1, 1, {k})",
        f"There are {n} · {m} = {n * m} entries; with lengths 1 and {k} fixed, $-1$ stands for {n * m // k}.",
        (n * m // k, 1, k),
        [((-1, 1, k), ASKED), ((n * m // k, k), WRITTEN), ((k, 1, n * m // k), SWAPPED)],
    )


def block(rng, n, m):
    i, j = int(rng.integers(1, n - 1)), int(rng.integers(1, m - 1))
    return (
        f"a[{i}:, :{j}]",
        f"The rows from {i} to the end, {n - i} of them, and the columns before {j}.",
        (n - i, j),
        [((n - i, j + 1), END), ((j, n - i), SWAPPED), ((i, j), FROM)],
    )


def check(params):
    """Second route: let NumPy do it."""
    shape = eval(params["code"], {"a": np.zeros(params["size"])}).shape  # our own text
    return f"`{shape}`"
