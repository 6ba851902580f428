"""VC dimensions that follow from small arguments, checked by counting labellings."""

import itertools
import random

# name, sizes, the rules in words, VC dimension as a function of the size, reason
CLASSES = (
    ("intervals", range(1, 9), "A rule marks as positive every number that lies in one of {k} closed intervals on the line (some may be empty).",
     lambda k: 2 * k, "{v} points in a row can be labelled in every way, since no labelling has more runs of positives than there are intervals, {k}. Among one point more, positive and negative in turn makes one run too many."),
    ("hyperplane", range(1, 9), "A rule marks as positive one side of a hyperplane in {k} dimensions (in one dimension: of a point), anywhere and facing either way.",
     lambda k: k + 1, "The origin and the {k} unit vectors can be labelled in every way. Any set of one point more can be cut into two parts whose convex hulls meet, and no hyperplane separates those."),
    ("homogeneous", range(2, 10), "A rule marks as positive one side of a hyperplane **through the origin** in {k} dimensions, facing either way.",
     lambda k: k, "The {k} unit vectors can be labelled in every way by the signs of the coefficients. One vector more depends linearly on the others, which fixes its label for some labelling of them."),
    ("box", range(1, 9), "A rule marks as positive every point inside a box in {k} dimensions whose sides are parallel to the axes (in one dimension: an interval).",
     lambda k: 2 * k, "Two points on each axis, one at either side of the origin, can be labelled in every way. Of any {v} + 1 points, take the lowest and the highest in each coordinate, {v} at most: a box around them holds the remaining one too."),
    ("polynomial", range(1, 9), "A rule marks as positive where a polynomial of degree at most {k} in one variable is above zero.",
     lambda k: k + 1, "The sign of such a polynomial can change at no more than {k} places, and these can be put anywhere: enough for any labelling of {v} points, but not for positive and negative in turn on one more."),
    ("threshold", range(2, 10), "A rule has a number $t$ and marks as positive all values above it, on the line. For each $t$ the rule is listed {k} times over.",
     lambda k: 1, "One point can be labelled in both ways. Of two points, the lower cannot be positive while the upper is negative. Copies of a rule add no new labelling."),
)  # fmt: skip
WHICH = ("All such rules form the class.", "The class consists of all such rules.", "A learner may choose among all such rules.")


def generate(rng):
    index = int(rng.integers(len(CLASSES)))
    name, sizes, rule, vc, reason = CLASSES[index]
    k = int(rng.choice(list(sizes)))
    right = vc(k)
    fewer = ("one-fewer-than-shattered", "A larger set can still be labelled in every way. Try to find it.")
    more = ("one-more-than-shattered", "No set of that size can be labelled in every way. Look for a labelling that no rule makes.")
    double = ("parameters-counted-twice", "So many points cannot be labelled in every way. Look for a labelling that no rule makes.")
    wrong = {right + 1: more, right - 1: fewer, right - 2: fewer, right + 2: more, 2 * right + 2: double}
    possible = [value for value in wrong if value > 0]
    values = [right + 1, *(int(v) for v in rng.choice([v for v in possible if v != right + 1], 2, replace=False))]
    return {
        "params": {
            "rule": rule.format(k=k), "which": WHICH[rng.integers(len(WHICH))], "name": name, "k": k,
            "right": right, "reason": reason.format(k=k, v=right),
        },
        "answer": f"${right}$",
        "distractors": [
            {"value": f"${value}$", "misconception": wrong[value][0], "feedback": wrong[value][1]} for value in values
        ],
    }  # fmt: skip


def check(params):
    """Second route: the largest number of points on which all labellings are possible.

    On a line the possible labellings are listed; for hyperplanes they are counted by Cover's formula;
    for boxes, which act on each axis separately, the two extremes of each axis are counted.
    """
    from math import comb

    name, k = params["name"], params["k"]
    if name in {"hyperplane", "homogeneous"}:
        free = k + 1 if name == "hyperplane" else k
        labellings = lambda n: 2 * sum(comb(n - 1, j) for j in range(free))  # noqa: E731
        return f"${max(n for n in range(1, 30) if labellings(n) == 2**n)}$"
    if name == "box":
        points = [tuple(sign * (axis == i) for i in range(k)) for axis in range(k) for sign in (1, -1)]
        assert all(
            not inside(points[i], points[:i] + points[i + 1 :]) for i in range(len(points))
        )  # each can be left out alone, hence (boxes are closed under intersection) any subset can
        rng = random.Random(k)
        for _ in range(20):  # and of one point more, some point always lies in the box of the others
            more = [tuple(rng.random() for _ in range(k)) for _ in range(2 * k + 1)]
            assert any(inside(more[i], more[:i] + more[i + 1 :]) for i in range(len(more)))
        return f"${len(points)}$"
    possible = {
        "intervals": lambda runs, changes, label: runs <= k,
        "polynomial": lambda runs, changes, label: changes <= k,
        "threshold": lambda runs, changes, label: list(label) == sorted(label),
    }[name]
    n = 1
    while all(
        possible(sum(b > a for a, b in zip((0, *label), label)), sum(a != b for a, b in zip(label, label[1:])), label)
        for label in itertools.product((0, 1), repeat=n + 1)
    ):
        n += 1
    return f"${n}$"


def inside(point, others):
    """Whether the smallest box around ``others`` holds ``point``."""
    if not others:
        return False
    return all(min(o[i] for o in others) <= point[i] <= max(o[i] for o in others) for i in range(len(point)))
