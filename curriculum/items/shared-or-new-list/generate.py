"""Aliases, copies and methods that change in place; the second route runs the program."""

import contextlib
import io

COPY = ("arguments-are-copied", "You treated a second name as a copy. `=` and a call copy nothing: both names mean one list.")
STILL = ("copy-still-shared", "A copy is a list of its own; what happens to it does not show in the original.")
REACHES = ("assignment-reaches-caller", "`b + [x]` makes a new list. Only the name on the left of `=` moves to it.")
NESTS = ("append-nests-list", "That list has a list inside. `append(x)` and `+ [x]` add the value itself.")
REPLACES = ("append-replaces", "The elements that were there are kept; the new one comes after them.")
DESCENDS = ("sort-descends", "Sorting goes from small to large unless you say `reverse=True`.")
NONE = ("sort-result-taken", "`None` is what `list.sort()` returns. Here the list itself is printed.")
IN_PLACE = ("sorted-changes-argument", "`sorted` returns a new list and leaves the one it was given alone.")

GROWTH = (
    ("b = a\nb.append({x})", True, COPY, "`b = a` gives the one list a second name, so the new element shows in `a` too."),
    ("b = a\nb += [{x}]", True, COPY, "`+=` on a list changes it in place, and `a` and `b` are one list."),
    ("b = a[:]\nb.append({x})", False, STILL, "`a[:]` is a copy, so the new element is only in `b`."),
    ("b = list(a)\nb.append({x})", False, STILL, "`list(a)` is a copy, so the new element is only in `b`."),
    ("b = a\nb = b + [{x}]", False, REACHES, "`b + [{x}]` is a new list; the name `b` moves to it and `a` keeps the old one."),
    (
        "def add(b):\n    b.append({x})\n\nadd(a)",
        True,
        COPY,
        "The parameter `b` is another name for the list `a`, and `append` changes that list.",
    ),
    (
        "def add(b):\n    b = b + [{x}]\n\nadd(a)",
        False,
        REACHES,
        "Inside the function `b` moves to a new list; `a` still names the old one.",
    ),
)
ORDER = (
    ("b = a\nb.sort()", True, COPY, "`sort` changes the list in place, and `a` is the same list as `b`."),
    ("b = sorted(a)", False, IN_PLACE, "`sorted(a)` returns a new list; `a` keeps its order."),
    (
        "def top(b):\n    b.sort()\n    return b[-1]\n\ntop(a)",
        True,
        COPY,
        "The function sorts the caller's own list on the way; `a` is changed.",
    ),
    (
        "def top(b):\n    return sorted(b)[-1]\n\ntop(a)",
        False,
        IN_PLACE,
        "The function sorts a new list; `a` keeps its order.",
    ),
)


def generate(rng):
    *start, x = (int(v) for v in rng.choice(range(1, 20), size=4, replace=False))
    if rng.integers(3):
        body, changed, opposite, why = GROWTH[rng.integers(len(GROWTH))]
        grown = [*start, x]
        options = {True: grown, False: start}
        rest = [([*start, [x]], NESTS), ([x], REPLACES)]
    else:
        while start in (sorted(start), sorted(start)[::-1]):
            rng.shuffle(start)
        body, changed, opposite, why = ORDER[rng.integers(len(ORDER))]
        options = {True: sorted(start), False: start}
        rest = [(sorted(start)[::-1], DESCENDS), (None, NONE)]
    code = f"a = {start}\n{body.format(x=x)}\nprint(a)"
    answer = f"`{options[changed]}`"
    wrong = [(options[not changed], opposite), *rest]
    return {
        "params": {"code": code, "why": why.format(x=x), "answer": answer},
        "answer": answer,
        "distractors": [
            {"value": f"`{value}`", "misconception": name, "feedback": text}
            for value, (name, text) in wrong
        ],
    }


def check(params):
    """Second route: run the program and read what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(params["code"], {})  # our own text
    return f"`{printed.getvalue().strip()}`"
