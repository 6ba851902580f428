"""Faulty functions and inputs; the second route runs the faulty and the right one on each."""

ORDINARY = ("tests-the-ordinary-case", "On this ordinary input the faulty code gives the right result. Look for the line that can go wrong, and for an input that reaches it.")
EDGE = ("tests-the-wrong-edge", "This is an edge, but not the one where the fault sits: work the code through on it and compare.")
BIGGER = ("larger-input-finds-more", "A large input is no better as such: the code is right on this one. What matters is the case, not the size.")


def generate(rng):
    made = [threshold, highest, middle, left_out, unsigned, distinct, leap, share][rng.integers(8)]
    spec, code, good, why, right, wrong = made(rng)
    got, want = run(code, right), run(good, right)
    return {
        "params": {
            "spec": spec,
            "code": code,
            "good": good,
            "why": why,
            "answer": f"`{right}`",
            "got": shown(got),
            "want": shown(want),
            "inputs": [repr(value) for value in (right, *(value for value, _ in wrong))],
        },
        "answer": f"`{right}`",
        "distractors": [
            {"value": f"`{value}`", "misconception": name, "feedback": text}
            for value, (name, text) in wrong
        ],
    }


def run(code, value):
    space = {}
    exec(code, space)  # our own text
    return space["f"](value)


def shown(result):
    """A result as text, floats with at most three digits."""
    values = result if isinstance(result, list) else [result]
    said = [f"{v:.3g}" if isinstance(v, float) else str(v) for v in values]
    return f"[{', '.join(said)}]" if isinstance(result, list) else said[0]


def threshold(rng):
    limit, fee = int(rng.integers(5, 60)), int(rng.integers(5, 40))
    code = f"def f(minutes):\n    return {fee} if minutes > {limit} else 0"
    spec = f"A car park is free for less than {limit} minutes and charges {fee} from minute {limit} on."
    why = f"`>` leaves out minute {limit} itself."
    wrong = [(limit - 1, EDGE), (limit + 1, ORDINARY), (10 * limit, BIGGER)]
    return spec, code, code.replace(">", ">="), why, limit, wrong


def highest(rng):
    low = [-int(v) for v in rng.integers(1, 30, size=3)]
    values = [int(v) for v in rng.integers(1, 40, size=3)]
    code = "def f(values):\n    best = 0\n    for value in values:\n        if value > best:\n            best = value\n    return best"
    spec = "The function shall return the largest of the values."
    good = "def f(values):\n    return max(values)"
    why = "`best` starts at 0, so a list without any value above 0 gives 0."
    mixed = [values[0], low[0], values[1]]
    wrong = [(values, ORDINARY), (mixed, EDGE), (sorted([*values, 60, 70, 80]), BIGGER)]
    return spec, code, good, why, low, wrong


def middle(rng):
    a, b, c = sorted(int(v) for v in rng.choice(range(1, 40), size=3, replace=False))
    code = "def f(values):\n    return values[len(values) // 2]"
    spec = "The function shall return the median of an odd number of values."
    good = "def f(values):\n    return sorted(values)[len(values) // 2]"
    why = "It takes the middle element without sorting, which is wrong whenever that element is not the median."
    wrong = [([a, b, c], ORDINARY), ([c, b, a], EDGE), ([a, a, b, c, c], BIGGER)]
    return spec, code, good, why, [b, c, a] if rng.integers(2) else [c, a, b], wrong


def left_out(rng):
    a, b, c, d = (int(v) for v in rng.integers(1, 40, size=4))
    code = "def f(values):\n    total = 0\n    for i in range(len(values) - 1):\n        total += values[i]\n    return total"
    spec = "The function shall return the sum of the values."
    good = "def f(values):\n    return sum(values)"
    why = "The loop leaves out the last value, which shows as soon as that is not 0."
    wrong = [([a, b, 0], ORDINARY), ([], EDGE), ([a, 0, b, c, d, 0], BIGGER)]
    return spec, code, good, why, [0, a, b], wrong


def unsigned(rng):
    a, b, c = (int(v) for v in rng.integers(1, 20, size=3))
    code = "def f(errors):\n    return sum(errors) / len(errors)"
    spec = "The function shall return the mean absolute error of a list of errors."
    good = "def f(errors):\n    return sum(abs(error) for error in errors) / len(errors)"
    why = "`abs` is missing, so a negative error cancels a positive one."
    wrong = [([a, b, c], ORDINARY), ([0], EDGE), ([a, b, c, a, b, c], BIGGER)]
    return spec, code, good, why, [a, -b, c], wrong


def distinct(rng):
    a, b, c = sorted(int(v) for v in rng.choice(range(1, 50), size=3, replace=False))
    code = "def f(prices):\n    return sorted(prices)[-2]"
    spec = "The function shall return the second highest price, where equal prices count once."
    good = "def f(prices):\n    return sorted(set(prices))[-2]"
    why = "If the highest price occurs twice, the code returns it again."
    wrong = [([a, b, c], ORDINARY), ([a, a, b], EDGE), ([c, b, a, a, a, a], BIGGER)]
    return spec, code, good, why, [c, a, c], wrong


def leap(rng):
    century = int(rng.choice([1700, 1800, 1900, 2100, 2200, 2300]))
    ordinary = int(rng.integers(480, 520)) * 4
    while ordinary % 100 == 0:
        ordinary += 4
    code = "def f(year):\n    return year % 4 == 0"
    spec = "A year is a leap year if 4 divides it, except full centuries that 400 does not divide."
    good = "def f(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)"
    why = "The rule on full centuries is missing."
    wrong = [(ordinary, ORDINARY), (2000, EDGE), (ordinary + 8001 - ordinary % 4, BIGGER)]
    return spec, code, good, why, century, wrong


def share(rng):
    a, b, c = (int(v) for v in rng.integers(1, 30, size=3))
    code = "def f(counts):\n    total = sum(counts)\n    return [count // total for count in counts]"
    spec = "The function shall turn counts into shares of their sum."
    good = "def f(counts):\n    total = sum(counts)\n    return [count / total for count in counts]"
    why = "`//` drops everything after the decimal point, so shares between 0 and 1 become 0."
    wrong = [([a + b, 0], ORDINARY), ([c], EDGE), ([0, 0, 0, 0, a, 0], BIGGER)]
    return spec, code, good, why, [a, b, c], wrong


def check(params):
    """Second route: the input on which the faulty and the right function differ."""
    space = {}
    inputs = [eval(text, {}, space) for text in params["inputs"]]  # our own text
    differ = [value for value in inputs if run(params["code"], value) != run(params["good"], value)]
    (only,) = differ
    return f"`{only}`"
