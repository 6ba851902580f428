"""Snippets and their order of growth; the second route counts the steps of a ticking twin."""

import math

ORDERS = {"1": "O(1)", "log": r"O(\log n)", "n": "O(n)", "nlog": r"O(n \log n)", "n2": "O(n^2)"}
ROWS = ("orders", "visits", "users", "prices", "claims", "flats")

# Each: the code shown, its twin that counts steps in `t`, growth, reason, wrong growths with cause.
SNIPPETS = (
    (
        "for i in range(len({r})):\n    for j in range(i):\n        compare({r}[i], {r}[j])",
        "for i in range(n):\n    for j in range(i):\n        t += 1",
        "n2",
        "The inner loop runs 0, 1, 2, … times: $n(n-1)/2$ in all, of order $n^2$.",
        (("n", "nested-loops-added"), ("nlog", "shorter-inner-loop-taken-as-log"), ("log", "growth-underrated")),
    ),
    (
        "for row in {r}:\n    check(row)\nfor row in {r}:\n    store(row)",
        "for i in range(n):\n    t += 1\nfor i in range(n):\n    t += 1",
        "n",
        "Loops after each other add: $n + n$ is of order $n$.",
        (("n2", "sequential-loops-multiplied"), ("nlog", "growth-overrated"), ("log", "growth-underrated")),
    ),
    (
        "left, right = 0, len({r})\nwhile right - left > 1:\n    middle = (left + right) // 2\n    if {r}[middle] <= wanted:\n        left = middle\n    else:\n        right = middle",
        "left, right = 0, n\nwhile right - left > 1:\n    middle = (left + right) // 2\n    t += 1\n    right = middle",
        "log",
        "Each turn halves the range, so about $\\log_2 n$ turns are enough.",
        (("n", "halving-taken-as-linear"), ("nlog", "growth-overrated"), ("1", "growth-underrated")),
    ),
    (
        "{r}.sort()\nfor row in {r}:\n    left, right = 0, len({r})\n    while right - left > 1:\n        middle = (left + right) // 2\n        left, right = (middle, right) if {r}[middle] <= row else (left, middle)",
        "t += n * round(math.log2(n))\nfor i in range(n):\n    left, right = 0, n\n    while right - left > 1:\n        right = (left + right) // 2\n        t += 1",
        "nlog",
        "Sorting is $n \\log n$, and so are $n$ searches that halve a range; the sum is of the same order.",
        (("n", "sort-taken-as-linear"), ("n2", "halving-taken-as-linear"), ("log", "growth-underrated")),
    ),
    (
        "seen = []\nfor row in {r}:\n    if row not in seen:\n        seen.append(row)",
        "seen = []\nfor i in range(n):\n    t += len(seen)\n    seen.append(i)",
        "n2",
        "`not in` on a list is a loop over the list. With $n$ different rows that makes about $n^2/2$ comparisons.",
        (("n", "counts-visible-loops-only"), ("nlog", "shorter-inner-loop-taken-as-log"), ("log", "growth-underrated")),
    ),
    (
        "seen = set()\nfor row in {r}:\n    if row not in seen:\n        seen.add(row)",
        "for i in range(n):\n    t += 2",
        "n",
        "`in` on a set takes one step on average, so one pass remains.",
        (("n2", "set-lookup-taken-as-scan"), ("nlog", "growth-overrated"), ("1", "growth-underrated")),
    ),
    (
        "for row in {r}:\n    for digit in range(10):\n        test(row, digit)",
        "for i in range(n):\n    for digit in range(10):\n        t += 1",
        "n",
        "The inner loop has 10 turns whatever $n$ is: $10 n$ is of order $n$.",
        (("n2", "fixed-loop-counted-as-n"), ("nlog", "growth-overrated"), ("1", "growth-underrated")),
    ),
    (
        "ordered = sorted({r})\ngaps = [b - a for a, b in zip(ordered, ordered[1:])]",
        "t += n * round(math.log2(n))\nfor i in range(n - 1):\n    t += 1",
        "nlog",
        "Sorting is $n \\log n$; the pass after it adds $n$, which grows more slowly.",
        (("n", "sort-taken-as-linear"), ("n2", "sequential-loops-multiplied"), ("log", "growth-underrated")),
    ),
    (
        "while {r}:\n    serve({r}.pop(0))",
        "left = n\nwhile left:\n    left -= 1\n    t += 1 + left",
        "n2",
        "`pop(0)` moves all remaining elements forward: $n + (n-1) + \\dots$ is of order $n^2$. A `deque` avoids it.",
        (("n", "counts-visible-loops-only"), ("nlog", "shorter-inner-loop-taken-as-log"), ("1", "growth-underrated")),
    ),
    (
        "last = {r}[-1]\nfirst = {r}[0]\ngap = last - first",
        "t += 3",
        "1",
        "A list reaches any position in one step, so the three lines take the same time for any $n$.",
        (("n", "index-taken-as-scan"), ("log", "growth-overrated"), ("nlog", "growth-overrated")),
    ),
)
FEEDBACK = {
    "nested-loops-added": "One loop stands inside the other: multiply their lengths, do not add them.",
    "sequential-loops-multiplied": "These parts run one after the other: add them and keep the larger.",
    "shorter-inner-loop-taken-as-log": "The inner work grows step by step up to the full length, it is not halved. Its average is half of the whole.",
    "halving-taken-as-linear": "The range is halved each time, so few turns are needed. How often can you halve it?",
    "sort-taken-as-linear": "Sorting by comparisons costs more than one pass.",
    "counts-visible-loops-only": "One line hides a loop over the list. Ask what each call costs.",
    "set-lookup-taken-as-scan": "A set computes the place of a member and looks only there; it does not search.",
    "fixed-loop-counted-as-n": "One of the loops has a fixed number of turns, which does not grow with the data.",
    "index-taken-as-scan": "Taking an element of a list by its position does not search the list.",
    "growth-overrated": "That is more than this code does. Count the steps for 8 and for 16 rows.",
    "growth-underrated": "That is less than this code does. Count the steps for 8 and for 16 rows.",
}


def generate(rng):
    shown, twin, growth, why, wrong = SNIPPETS[rng.integers(len(SNIPPETS))]
    rows = ROWS[rng.integers(len(ROWS))]
    return {
        "params": {"rows": rows, "code": shown.format(r=rows), "why": why, "twin": twin},
        "answer": f"${ORDERS[growth]}$",
        "distractors": [
            {"value": f"${ORDERS[order]}$", "misconception": name, "feedback": FEEDBACK[name]}
            for order, name in wrong
        ],
    }


def check(params):
    """Second route: count steps at two sizes and find the order that explains their ratio."""
    small, large = 256, 1024
    ratio = steps(params["twin"], large) / steps(params["twin"], small)
    expected = {
        "1": 1,
        "log": math.log(large) / math.log(small),
        "n": large / small,
        "nlog": large * math.log(large) / (small * math.log(small)),
        "n2": (large / small) ** 2,
    }
    return f"${ORDERS[min(expected, key=lambda order: abs(math.log(expected[order] / ratio)))]}$"


def steps(twin, n):
    space = {"n": n, "t": 0, "math": math}
    exec(twin, space)  # our own text
    return space["t"]
