"""Sets, dicts and comprehensions on small data; the second route runs the program."""

import contextlib
import io

NAMES = ("Ann", "Bo", "Cy", "Dee")
REPEATS = ("set-keeps-repeats", "A set holds each member once; you counted repeats.")
ALL = ("dict-keeps-all-values", "A dict has one value per key. A key that comes again replaces the earlier value.")
FIRST = ("first-value-stays", "When a key comes again, the later value stays.")
FILTER = ("condition-ignored", "The comprehension has an `if`: elements that fail it are left out.")
VALUES = ("keys-counted-for-values", "You counted elements where their values are added.")
UNION = ("intersection-for-union", "Check the sign: `&` is what both have, `|` what at least one has, `-` what only the left has.")


def generate(rng):
    while True:
        code, why, answer, wrong = [remainders, later_wins, kept, overlap][rng.integers(4)](rng)
        if len({answer, *(value for value, _ in wrong)}) == 3:
            break
    return {
        "params": {"code": code, "why": why, "answer": answer},
        "answer": answer,
        "rtol": 0,
        "atol": 1e-9,
        "distractors": [
            {"value": value, "misconception": name, "feedback": text} for value, (name, text) in wrong
        ],
    }


def remainders(rng):
    numbers = [int(v) for v in rng.integers(1, 30, size=6)]
    k = int(rng.integers(3, 6))
    rest = [n % k for n in numbers]
    distinct = [r for i, r in enumerate(rest) if r not in rest[:i]]
    code = f"numbers = {numbers}\nprint(len({{n % {k} for n in numbers}}))"
    why = f"The remainders are {rest}; as a set, each counts once, which leaves {distinct}."
    return code, why, len(distinct), [(len(numbers), REPEATS), (sum(distinct), VALUES)]


def later_wins(rng):
    names = [NAMES[i] for i in rng.choice(4, size=5)]
    spent = [int(v) for v in rng.integers(2, 20, size=5)]
    pairs = list(zip(names, spent, strict=True))
    last = [s for i, (n, s) in enumerate(pairs) if n not in names[i + 1 :]]
    first = [s for i, (n, s) in enumerate(pairs) if n not in names[:i]]
    code = f"names = {names}\nspent = {spent}\nlatest = dict(zip(names, spent))\nprint(sum(latest.values()))"
    why = f"Each name keeps its last value: {' + '.join(map(str, last))}."
    return code, why, sum(last), [(sum(spent), ALL), (sum(first), FIRST)]


def kept(rng):
    prices = [int(v) for v in rng.integers(2, 40, size=6)]
    limit = int(rng.integers(10, 25))
    chosen = [p for p in prices if p > limit]
    code = f"prices = {prices}\nprint(sum([p for p in prices if p > {limit}]))"
    why = f"Only prices above {limit} are kept: {chosen}."
    return code, why, sum(chosen), [(sum(prices), FILTER), (len(chosen), VALUES)]


def overlap(rng):
    a, b = (sorted(int(v) for v in rng.choice(range(1, 13), size=6, replace=False)) for _ in "ab")
    both = [v for v in a if v in b]
    only = [v for v in a if v not in b]
    sign, answer, shown = [
        ("&", len(both), both),
        ("|", len(b) + len(only), sorted(b + only)),
        ("-", len(only), only),
    ][rng.integers(3)]
    left, right = (", ".join(map(str, members)) for members in (a, b))
    code = f"a = {{{left}}}\nb = {{{right}}}\nprint(len(a {sign} b))"
    others = sorted({len(both), len(b) + len(only), len(only), len(a)} - {answer})[:2]
    while len(others) < 2:
        others.append(answer)
    why = f"`a {sign} b` has the members {shown}."
    return code, why, answer, [(value, UNION) for value in others]


def check(params):
    """Second route: run the program and read what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(params["code"], {})  # our own text
    return float(printed.getvalue())
