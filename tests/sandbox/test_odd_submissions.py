"""What learners hand in by accident: each gets a sentence that names it, in the right line."""

import re
import sys

import pytest

from journeyman.core.exercise import Limits
from journeyman.sandbox.paths import without_paths
from journeyman.sandbox.tiers import package_root
from tests.sandbox.conftest import Grade

ANSWER = "    return 2 * x\n"
# source -> (category, what the message says, line)
ODD = [
    ("f = 5\n", "missing", "f is 5 (int), not a function", None),
    ("f = [1, 2]\n", "missing", "f is a list, not a function", None),
    ("import numpy as np\nf = np.zeros(3)\n", "missing", "f is a numpy.ndarray, not", None),
    ("f = None\n", "missing", "f is None, not a function", None),
    ("import math as f\n", "missing", "f is a module", None),
    ("def F(x):\n" + ANSWER, "missing", "is 'F' meant", None),
    ("def double(x):\n" + ANSWER, "missing", "it defines double", None),
    ("class A:\n    def f(self, x):\n        return 2 * x\n", "missing", "line 2 stands", None),
    ("if __name__ == '__main__':\n    def f(x): return 2 * x\n", "missing", "line 2 stands", None),
    ("", "missing", "Your file is empty", None),
    (" \n\n", "missing", "Your file is empty", None),
    ("# def f(x): return 2 * x\n", "missing", "comments only", None),
    ('"""f"""\n', "missing", "nor anything else", None),
    ('{"cells": [], "nbformat": 4}', "missing", "is a notebook", None),
    ("def f(*, x):\n" + ANSWER, "exception", "It is called as f(x).", None),
    ("def f(x, y):\n" + ANSWER, "exception", "It is called as f(x).", None),
    ("def f():\n    return 2\n", "exception", "It is called as f(x).", None),
    ("def f(x):\n    return np.abs(x)\n", "exception", 'Write "import numpy as np"', 2),
    ("def f(x):\n    return lenght(x)\n", "exception", "'lenght' is not defined.", 2),
    ("def f(x):\n    raise NotImplementedError\n", "exception", "line of the template", 2),
    ("def f(x):\n    return x[10]\n", "exception", "index 10 is out of bounds", 2),
    ("1 / 0\ndef f(x):\n" + ANSWER, "exception", "When your file is loaded, it raises Zero", 1),
    ("n = input()\n", "exception", "nobody to answer input(): use the arguments.", 1),
    ("def f(x):\n    input('? ')\n", "exception", "nobody to answer input()", 2),
    ("def f(x):\n    open('data.csv')\n", "exception", "comes in the arguments", 2),
    ("def f(x):\n    open('/etc/passwd')\n", "exception", "outside the scratch directory", 2),
    ("import os\ndef f(x):\n    os.kill(1, 9)\n", "exception", "Signals to processes", 3),
    ("import os\ndef f(x):\n    os.fork()\n", "exception", "New processes cannot", 3),
    ("import socket\ndef f(x):\n    socket.socket()\n", "exception", "no network", 3),
    ("import tensorflow\n", "exception", "tensorflow is not at hand", 1),
    ("from numpy import sofmax\n", "exception", "'numpy' (numpy/__init__.py).", 1),
    ("from helper import g\n", "exception", "No module named 'helper'.", 1),
    ("import sys\ndef f(x):\n    sys.exit()\n", "exit", "ends the program", 3),
    ("def f(x):\n    return f(x)\n", "exception", "RecursionError", 2),
    ("def f(x)\n" + ANSWER, "syntax", "expected ':'.", 1),
    ("def f(x):\n    return (2 * x\n", "syntax", "'(' was never closed.", 2),
    ("def f(x):\nreturn 2 * x\n", "syntax", "expected an indented block", 2),
    ("def f(x):\n\ty = 2\n        return y\n", "syntax", "tabs and spaces", 3),
    ("def f(x):\n    s = “a”\n", "syntax", "copied from elsewhere", 2),
    ("def f(x):\n    return 2\u00a0* x\n", "syntax", "Type the space anew", 2),
    ("def f(x):\n    print 'a'\n", "syntax", "Did you mean print(...)?", 2),
    ("return 2\n", "syntax", "'return' outside function.", 1),
    ("!pip install x\n", "syntax", "belongs in a notebook", 1),
    ("%matplotlib inline\n", "syntax", "belongs in a notebook", 1),
    ("<<<<<<< HEAD\n", "syntax", "merge conflict", 1),
    ("x = " + "-" * 5000 + "1\n", "syntax", "nests too deeply", None),
    ("def f(x):\n".encode("utf-16"), "source", "UTF-8", None),
    ("# größe\n".encode("latin-1"), "source", "UTF-8", None),
]


@pytest.mark.parametrize(("source", "category", "says", "line"), ODD)
def test_the_message_names_it(source, category: str, says: str, line, grade: Grade) -> None:
    verdict = grade(source, limits=Limits(5, 10, 256))
    assert verdict.category == category, verdict.message
    assert says in verdict.message
    assert verdict.line == line
    assert ".." not in verdict.message.replace("(...)", "")
    assert str(package_root()) not in str(verdict)
    assert sys.prefix not in str(verdict)


CAUSES = [
    ("async def f(x):\n" + ANSWER, "async def"),
    ("def f(x):\n    yield from 2 * x\n", "uses yield"),
    ("def f(x):\n    return [2 * v for v in x]\n", "in a list"),
    ("def f(x):\n    return f\n", "call it"),
    ("class f:\n    def __init__(self, x): pass\n", "f is a class in your file"),
    ("def f(x):\n    return 2 * x + 0j\n", "complex"),
    ("def f(x):\n    print(2 * x)\n", "printed instead of returned"),
]


@pytest.mark.parametrize(("source", "cause"), CAUSES)
def test_the_cause_is_named(source: str, cause: str, grade: Grade) -> None:
    verdict = grade(source)
    assert verdict.verdict in {"failed", "error"}
    assert cause in verdict.cause
    assert "Warning" not in verdict.stdout


FINE = [
    b"\xef\xbb\xbfdef f(x): return 2 * x\n",
    b"def f(x):\r\n    return 2 * x\r\n",
    "def f(größe):\n    π = 2\n    return π * größe\n",
    "f = lambda x: 2 * x\n",
    "from functools import partial\nf = partial(lambda k, x: k * x, 2)\n",
    "class Twice:\n    def __call__(self, x): return 2 * x\nf = Twice()\n",
    "import sys\nsys.stdout.close()\ndef f(x):\n" + ANSWER,
    "import threading, time\ndef f(x):\n    threading.Thread(target=time.sleep, args=(9,)).start()\n"
    + ANSWER,
    "import asyncio\nasync def g(x): return 2 * x\ndef f(x): return asyncio.run(g(x))\n",
]


@pytest.mark.parametrize("source", FINE)
def test_what_is_unusual_but_right_passes(source, grade: Grade) -> None:
    verdict = grade(source, limits=Limits(5, 10, 256))
    assert verdict.passed, verdict.message


def test_a_factor_of_one_and_a_half_is_no_degree_of_freedom(grade: Grade) -> None:
    assert grade("def f(x): return 3 * x\n").cause == ""


def test_printed_tracebacks_show_the_learner_s_frames_only(grade: Grade) -> None:
    source = "import traceback\ndef f(x):\n    traceback.print_stack()\n" + ANSWER
    printed = grade(source).stdout
    assert printed.count("<submission>") == 2
    assert "harness" not in printed
    thread = (
        "import threading\ndef g(): raise ValueError('inside')\n"
        "def f(x):\n    t = threading.Thread(target=g)\n    t.start()\n    t.join()\n" + ANSWER
    )
    printed = grade(thread).stdout
    assert re.search(r'File "threading.py", line \d+', printed)
    assert "ValueError: inside" in printed


def test_a_limit_met_while_loading_says_so(grade: Grade) -> None:
    verdict = grade("while True: pass\n")
    assert (verdict.verdict, verdict.category) == ("limit", "time")
    assert verdict.message.startswith("While your file is loaded")


def test_text_without_paths_is_left_alone() -> None:
    assert without_paths("a/b and c\\d") == "a/b and c\\d"
    assert without_paths(f"{sys.prefix}/lib/x.py") == "x.py"
    assert without_paths("/tmp/journeyman-12-abcd1234/run-x_y_z123/a") == "scratch/a"
