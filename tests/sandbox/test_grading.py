"""What a learner is told: examples in full, unseen cases by category, and nothing forged."""

import numpy as np
import pytest

from journeyman.core.exercise import AnswerKey, Call, Case, Code, Limits
from journeyman.errors import Unavailable
from tests.sandbox.conftest import Grade


def key(reference, *cases: Case, unseen=(), performance=None) -> AnswerKey:
    return AnswerKey(reference, lambda: list(cases), lambda rng: list(unseen), performance)


X = np.arange(1.0, 4.0)


def test_a_pass(grade: Grade) -> None:
    verdict = grade("def f(x): return 2 * x")
    assert verdict.passed
    assert verdict.score == 1
    assert verdict.message == "All 4 cases pass."
    assert [case.visible for case in verdict.cases] == [True, True, False, False]
    assert verdict.cpu_ms > 0
    assert verdict.isolation in {"full", "good", "limits-only"}


def test_an_example_is_shown_in_full(grade: Grade) -> None:
    verdict = grade("def f(x): return x + 2")
    case = verdict.cases[0]
    assert case.input == "x = [1.0, 2.0, 3.0]"
    assert case.expected == "[2.0, 4.0, 6.0]"
    assert case.got == "[3.0*, 4.0, 5.0*]"
    assert "2 of 3 values differ, first at 0" in case.message
    assert case.label in verdict.message


def test_a_likely_cause_is_named_in_the_exercise_s_words(grade: Grade) -> None:
    verdict = grade("def f(x): return -2 * x", causes={"sign": "Mind the sign."})
    assert verdict.cause == "Mind the sign."
    assert verdict.cases[0].cause == "Mind the sign."
    assert not verdict.cases[2].cause


LEAK = """
SEEN = []
def f(x):
    SEEN.append(list(x))
    print("printed", SEEN)
    if len(x) == 5:
        {}
    return 2 * x
"""


@pytest.mark.parametrize(
    "stash",
    [
        "return SEEN",
        "raise ValueError(repr(SEEN))",
        "return -x",
        "raise type(repr(SEEN), (Exception,), {})()",
        "raise SystemExit(repr(SEEN))",
        "import os; os.write(2, repr(SEEN).encode()); os._exit(1)",
        "x[:] = 7; return 2 * x",
    ],
)
def test_nothing_of_an_unseen_case_comes_out(stash: str, grade: Grade) -> None:
    verdict = grade(LEAK.format(stash))
    unseen = np.random.default_rng(1).normal(size=5)
    assert not verdict.passed
    text = repr(verdict)
    assert not any(str(value)[:6] in text for value in unseen)
    assert verdict.stdout.count("printed") == 2  # the two examples
    case = verdict.cases[2]
    assert (case.label, case.input, case.expected, case.got) == ("random numbers", "", "", "")
    assert "random numbers" in verdict.message or verdict.category == "exit"


def test_the_seed_makes_the_unseen_cases(grade: Grade) -> None:
    cheat = "def f(x): return 2 * x if len(x) != 5 or abs(x[0] - {!r}) > 1e-9 else x"
    first = np.random.default_rng(7).normal(size=5)[0]
    source = cheat.format(float(first))
    assert grade(source, seed=8).passed
    assert grade(source, seed=7).category == "value"


def test_the_line_of_an_exception(grade: Grade) -> None:
    verdict = grade("def g(x):\n    return 1 / 0\n\ndef f(x):\n    return g(x)\n")
    assert (verdict.verdict, verdict.category, verdict.line) == ("error", "exception", 2)
    assert verdict.traceback == ((5, "f", "return g(x)"), (2, "g", "return 1 / 0"))
    late = grade("def f(x):\n    if len(x) == 5:\n        return 1 / 0\n    return 2 * x\n")
    assert late.line == 3
    assert not late.traceback
    assert late.cases[2].message == "the function raises ZeroDivisionError"


def test_unreached_cases_are_not_passed(grade: Grade) -> None:
    verdict = grade("import os\ndef f(x):\n    if len(x) == 5: os._exit(0)\n    return 2 * x\n")
    assert [case.category for case in verdict.cases] == ["", "", "exit", "not run"]
    assert verdict.score == 0.5


class Counter:
    """Counts what it is given."""

    def __init__(self, start: int = 0) -> None:
        self.total = start
        self.seen: list[int] = []

    def add(self, value: int) -> "Counter":
        self.total += value
        self.seen.append(value)
        return self

    def mean(self) -> float:
        return self.total / max(len(self.seen), 1)


COUNTER = """
class Counter:
    def __init__(self, start=0):
        self.total, self.seen = start, []
    def add(self, value):
        self.total += value
        self.seen.append(value)
        return self
    def mean(self):
        return self.total / {}
"""


def test_objects_stay_in_the_child(grade: Grade) -> None:
    calls = (Call("add", (2,)), Call("add", (), {"value": 5}), Call("mean"), Call("seen"))
    made = key(Counter, Case((1,), label="two numbers", calls=calls))
    assert grade(COUNTER.format("len(self.seen)"), made, entry="Counter").passed
    verdict = grade(COUNTER.format(1), made, entry="Counter")
    assert verdict.category == "value"
    assert ".mean(...): the value is 8.0, expected 4.0" in verdict.message
    lacking = grade("class Counter:\n    def __init__(self, s): pass\n", made, entry="Counter")
    assert "AttributeError" in lacking.message


def test_a_returned_function_is_called(grade: Grade) -> None:
    made = key(lambda n: lambda x: x**n, Case((3,), calls=(Call("__call__", (2.0,)),)))
    assert grade("def f(n): return lambda x: x ** n", made).passed
    assert not grade("def f(n): return lambda x: x * n", made).passed


def test_code_is_passed_to_both_sides(grade: Grade) -> None:
    made = key(lambda g, x: g(x), Case((Code("lambda x: np.exp(x)"), 1.0)))
    assert grade("def f(g, x): return g(x)", made).passed
    wrong = grade("def f(g, x): return g(x) + 1", made)
    assert wrong.cases[0].input == "g = lambda x: np.exp(x)\nx = 1.0"


def refusing(x: float) -> float:
    if x < 0:
        raise ValueError("negative")
    return x


def test_an_exception_may_be_the_right_answer(grade: Grade) -> None:
    made = key(refusing, Case((-1.0,), label="negative", raises="ValueError"))
    raising = "class Own(ValueError): pass\ndef f(x): raise {}"
    assert grade(raising.format("ValueError"), made).passed
    assert grade(raising.format("Own"), made).passed
    assert grade(raising.format("KeyError"), made).category == "exception"
    assert grade("def f(x): return x", made).category == "raises"


def centre(x: np.ndarray) -> np.ndarray:
    return x - x.mean()


def double_in_place(x: np.ndarray) -> None:
    x *= 2


def test_changing_an_argument_is_told(grade: Grade) -> None:
    made = key(centre, Case((X,), label="centre"))
    verdict = grade("def f(x):\n    x -= x.mean()\n    return x", made)
    assert (verdict.verdict, verdict.category) == ("failed", "mutation")
    assert "argument x" in verdict.message
    named = key(lambda x, y: x, Case((1,), {"y": [3, 1]}))
    assert "argument y" in grade("def f(x, y):\n    y.sort()\n    return x", named).message


def test_working_in_place_is_asked_for(grade: Grade) -> None:
    made = key(double_in_place, Case((X,), label="in place"))
    assert grade("def f(x): x *= 2", made).passed
    kept = grade("def f(x): pass", made)
    assert "not changed as they should be" in kept.message
    assert not grade("def f(x): x *= 3", made).passed


def test_forbidden_names_are_advice(grade: Grade) -> None:
    source = "from numpy.linalg import norm as n\nimport numpy as np\ndef f(x): return 2 * x if n(x) >= 0 else x"
    verdict = grade(source, forbidden=("np.linalg.norm", "np.sort"))
    assert verdict.passed
    assert len(verdict.advice) == 1
    assert "np.linalg.norm" in verdict.advice[0]


def sized(rng: np.random.Generator, n: int) -> Case:
    return Case((rng.normal(size=n),), label="many numbers")


GROWTH = key(lambda x: float(x.sum()), Case((X,), label="few"), performance=sized)
LONG = Limits(30.0, 60.0, 512)
PAIRS = "def f(x):\n    for a in x:\n        for b in x: a * b\n    return x.sum()"


def test_growth_beyond_the_reference_is_told(grade: Grade) -> None:
    verdict = grade(PAIRS, GROWTH, limits=LONG)
    assert (verdict.verdict, verdict.category) == ("failed", "growth")
    assert "16x the input took" in verdict.message
    assert "as a loop over pairs does" in verdict.message


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): return x.sum()",
        "def f(x): return sum(x)",
        "def f(x): return sorted(x)[0] * 0 + x.sum()",
    ],
)
def test_ordinary_growth_passes(source: str, grade: Grade) -> None:
    verdict = grade(source, GROWTH, limits=LONG)
    assert verdict.passed, verdict.message
    assert verdict.cases[-1].label == "many numbers"


def test_growth_is_allowed_where_the_reference_grows(grade: Grade) -> None:
    quadratic = key(lambda x: float((x[:, None] * x).sum()), Case((X,)), performance=sized)
    source = "def f(x):\n    t = 0.0\n    for a in x: t += (a * x).sum()\n    return t"
    assert grade(source, quadratic, limits=LONG).passed


def test_a_crash_on_a_larger_input_is_told(grade: Grade) -> None:
    source = "def f(x):\n    if len(x) > 99: raise KeyError(len(x))\n    return x.sum()"
    verdict = grade(source, GROWTH, limits=LONG)
    assert verdict.cases[-1].message == "on a larger input your code raises KeyError"
    slow = grade("def f(x):\n    while len(x) > 99: pass\n    return x.sum()", GROWTH)
    assert (slow.verdict, slow.category) == ("limit", "time")
    assert slow.message.startswith("On a larger input")


def test_figures_come_back_as_png(grade: Grade) -> None:
    source = "import matplotlib.pyplot as plt\ndef f(x):\n    plt.figure(); plt.plot(x)\n    return 2 * x"
    verdict = grade(source, tier="sklearn", limits=LONG)
    assert verdict.passed
    assert len(verdict.figures) == 2  # one for each example, none for the unseen cases
    assert all(figure.startswith(b"\x89PNG") for figure in verdict.figures)


@pytest.mark.parametrize(
    "broken",
    [
        AnswerKey(lambda x: 1 / 0, lambda: [Case((1,))], lambda rng: []),
        AnswerKey(lambda x: x, lambda: 1 / 0, lambda rng: []),
        AnswerKey(lambda x: x, list, lambda rng: 1 / 0),
        AnswerKey(lambda x: x, lambda: [Case((1,), raises="ValueError")], lambda rng: []),
        AnswerKey(lambda x: object(), lambda: [Case((1,))], lambda rng: []),
        AnswerKey(lambda x: x, lambda: [Case((object(),))], lambda rng: []),
        AnswerKey(lambda x: x, lambda: [Case((1,))], lambda rng: [], lambda rng, n: 1 / 0),
    ],
    ids=["reference", "examples", "unseen", "raises", "opaque", "argument", "growth"],
)
def test_a_broken_exercise_is_never_the_learner_s_fault(broken: AnswerKey, grade: Grade) -> None:
    with pytest.raises(Unavailable, match="broken"):
        grade("def f(x): return x", broken)


@pytest.mark.parametrize(
    ("columns", "source"),
    [(2000, "def f(x): return x[:, 0].sum()"), (16, "def f(x): return x[0, 0]")],
)
def test_reading_a_large_input_is_no_growth(columns: int, source: str, grade: Grade) -> None:
    def wide(rng: np.random.Generator, n: int) -> Case:
        return Case((rng.normal(size=(n, columns)),), label="wide")

    def reference(x: np.ndarray) -> float:
        return float(x[:, 0].sum()) if "sum" in source else float(x[0, 0])

    made = key(reference, Case((X[:, None],)), performance=wide)
    verdict = grade(source, made, limits=LONG)  # with 2,000 columns the larger ones cannot be sent
    assert verdict.passed, verdict.message
