"""The broadcasting rule on pairs of shapes; the second route asks NumPy."""

import numpy as np

LEFT = ("broadcast-from-left", "You compared the shapes from the left. Start at the right end.")
ERROR = ("expects-error-where-one-fits", "There is no error here: where lengths differ, one of them is 1, or missing in front.")
FLAT = ("column-taken-for-flat", "A column `(n, 1)` and a flat `(n,)` are not paired entry by entry. Put a 1 in front of the flat one.")
SMALL = ("smaller-shape-wins", "No array is cut down to the smaller one: a length of 1 is repeated, any other lengths must agree.")
ADDED = ("shapes-concatenated", "Shapes are matched position by position, not put one after the other.")
NONE = "an error"


def generate(rng):
    while True:
        n, m, d = (int(v) for v in rng.integers(2, 10, size=3))
        left, right, answer, wrong = cases(n, m, d)[rng.integers(8)]
        if rng.integers(2):
            left, right = right, left
        shown = [answer, *(value for value, _ in wrong)]
        if len({n, m, d}) == 3 and len({str(value) for value in shown}) == len(shown):
            break
    return {
        "params": {
            "left": str(left),
            "right": str(right),
            "sizes": [list(left), list(right)],
            "why": steps(left, right),
            "answer": text(answer),
        },
        "answer": text(answer),
        "distractors": [
            {"value": text(value), "misconception": name, "feedback": said}
            for value, (name, said) in wrong
        ],
    }


def cases(n, m, d):
    return (
        ((n, m), (m,), (n, m), [(NONE, ERROR), ((m,), SMALL), ((n, m, m), ADDED)]),
        ((n, m), (n,), NONE, [((n, m), LEFT), ((n,), SMALL), ((n, m, n), ADDED)]),
        ((n,), (n, 1), (n, n), [((n, 1), FLAT), ((n,), SMALL), (NONE, ERROR)]),
        ((n, 1), (1, m), (n, m), [(NONE, ERROR), ((1, 1), SMALL), ((n, 1, 1, m), ADDED)]),
        ((n, 1, d), (m, d), (n, m, d), [(NONE, ERROR), ((m, d), SMALL), ((n, 1, d, m, d), ADDED)]),
        ((n, m), (n, 1), (n, m), [(NONE, ERROR), ((n, 1), SMALL), ((n, m, n, 1), ADDED)]),
        ((n, m, d), (n, d), NONE, [((n, m, d), LEFT), ((n, d), SMALL), ((n, m, d, n, d), ADDED)]),
        ((n, m), (1,), (n, m), [(NONE, ERROR), ((1,), SMALL), ((n, m, 1), ADDED)]),
    )


def text(shape):
    return shape if shape == NONE else f"`{shape}`"


def steps(left, right):
    size = max(len(left), len(right))
    pairs = zip(
        (1,) * (size - len(left)) + tuple(left),
        (1,) * (size - len(right)) + tuple(right),
        strict=True,
    )
    said = []
    for a, b in reversed(list(pairs)):
        fits = a == b or 1 in (a, b)
        said.append(f"{a} with {b} gives {max(a, b)}" if fits else f"{a} with {b} does not fit")
        if not fits:
            break
    return ", ".join(said)


def check(params):
    """Second route: ask NumPy."""
    try:
        shape = np.broadcast_shapes(*(tuple(size) for size in params["sizes"]))
    except ValueError:
        return "an error"
    return f"`{shape}`"
