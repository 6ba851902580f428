"""Ordinary mistakes and odd values: a clear answer, never a crash of the judge."""

from tests.sandbox.battery.kinds import Attack, broken

BROKEN: tuple[Attack, ...] = (
    broken("an empty file", "", "error", "missing", says="'f'"),
    broken("only a comment", "# todo", "error", "missing"),
    broken("another name", "def g(x): return 2 * x", "error", "missing", says="defines g"),
    broken("a syntax error", "def f(x:\n    return x", "error", "syntax", says="never closed"),
    broken("a tab error", "def f(x):\n\tif x:\n        return 1", "error", "syntax"),
    broken("a return outside", "return 1", "error", "syntax"),
    broken("a missing import", "import nonsuch", "error", "exception", says="nonsuch"),
    broken("a name error at load", "x = y", "error", "exception", says="NameError"),
    broken("a name error in f", "def f(x): return y", "error", "exception", says="NameError"),
    broken("too few parameters", "def f(): return 1", "error", "exception", says="TypeError"),
    broken("not callable", "f = 3", "error", "missing", says="f is 3 (int), not a function"),
    broken("an exception", "def f(x): raise ValueError('no')", "error", "exception", says="no"),
    broken("an exception at load", "raise RuntimeError('boo')", "error", "exception", says="boo"),
    broken("HTML in an exception", "def f(x): raise ValueError('<script>')", "error", "exception"),
    broken(
        "an exception with an evil text",
        """
        class E(Exception):
            def __str__(self): raise KeyboardInterrupt
        def f(x): raise E
        """,
        "error",
        "exception",
    ),
    broken(
        "an exception with an endless name",
        """
        E = type('E' * 100000, (Exception,), {})
        def f(x): raise E
        """,
        "error",
        "exception",
    ),
    broken("an exception of a megabyte", "def f(x): raise ValueError('x' * 10**6)", "error"),
    broken("a group of exceptions", "def f(x): raise ExceptionGroup('g', [ValueError()])", "error"),
    broken("an interrupt", "def f(x): raise KeyboardInterrupt", "error"),
    broken("stop iteration", "def f(x): raise StopIteration", "error"),
    broken("endless recursion", "def f(x): return f(x)", "error", "exception", says="Recursion"),
    broken("nothing", "def f(x): pass", "failed", "type", says="None"),
    broken("printing instead", "def f(x): print(2 * x)", "failed", "type"),
    broken("a list", "def f(x): return list(2 * x)", "failed", "type", says="list"),
    broken("a scalar", "def f(x): return 2.0", "failed", "type"),
    broken("text", "def f(x): return 'x'", "failed", "type"),
    broken("a wrong shape", "def f(x): return (2 * x)[:, None]", "failed", "shape"),
    broken("too short", "def f(x): return 2 * x[1:]", "failed", "shape"),
    broken("empty", "def f(x): return x[:0]", "failed", "shape"),
    broken("NaN", "def f(x): return x * float('nan')", "failed", "nan"),
    broken("infinity", "def f(x): return x * 0 + float('inf')", "failed", "value"),
    broken("wrong numbers", "def f(x): return 3 * x", "failed", "value"),
    broken("nearly right", "def f(x): return 2.0001 * x", "failed", "value"),
    broken("booleans", "def f(x): return x > 0", "failed", "dtype"),
    broken("complex", "def f(x): return 2 * x + 0j", "failed", "dtype"),
    broken("objects", "def f(x): return (2 * x).astype(object)", "passed|failed"),
    broken("strings", "def f(x): return (2 * x).astype(str)", "failed", "dtype"),
    broken(
        "a structured array",
        """
        import numpy as np
        def f(x): return np.zeros(3, dtype=[('a', 'f8')])
        """,
        "failed",
        "type",
    ),
    broken(
        "a masked array",
        "import numpy as np\ndef f(x): return np.ma.array(x, mask=x > 0)",
        "failed",
    ),
    broken("a memory view", "def f(x): return memoryview(x)", "failed", "type"),
    broken("the function itself", "def f(x): return f", "failed", "type"),
    broken("a class", "class f:\n    def __init__(self, x): pass", "failed", "type"),
    broken("a module", "import os\ndef f(x): return os", "failed", "type"),
    broken("a coroutine", "async def f(x): return 2 * x", "failed", "type"),
    broken("a generator", "def f(x): yield from 2 * x", "failed", "type", says="generator"),
    broken(
        "an endless generator",
        "import itertools\ndef f(x): return itertools.count()",
        "failed|limit",
    ),
    broken("an endless own generator", "def f(x):\n    while True: yield 1", "failed", "type"),
    broken(
        "a list in itself", "def f(x):\n    a = []\n    a.append(a)\n    return a", "failed", "type"
    ),
    broken(
        "a dict in itself", "def f(x):\n    a = {}\n    a[1] = a\n    return a", "failed", "type"
    ),
    broken(
        "a deep list",
        """
        def f(x):
            a = []
            for _ in range(100000): a = [a]
            return a
        """,
        "failed|error",
    ),
    broken(
        "a wide and deep list",
        """
        def f(x):
            a = [1] * 10
            for _ in range(11): a = [a] * 10
            return a
        """,
        "failed",
        "type",
    ),
    broken("a million items", "def f(x): return [1] * 10**6", "failed", "type"),
    broken("a huge text", "def f(x): return 'x' * 10**7", "failed", "type"),
    broken("a huge int", "def f(x): return 1 << 10**6", "failed", "type"),
    broken(
        "an array of 60 MB", "import numpy as np\ndef f(x): return np.zeros(8 * 10**6)", "failed"
    ),
    broken("lone surrogates", "def f(x): return '\\ud800' * 3", "failed", "type"),
    broken(
        "strange keys", "def f(x): return {(1, (2,)): {3}, None: b'x', 1.5: 2j}", "failed", "type"
    ),
    broken(
        "an iterator that lies",
        """
        class L(list):
            def __iter__(self):
                while True: yield 1
        def f(x): return L([1, 2])
        """,
        "failed",
        "type",
    ),
    broken(
        "an attribute that raises",
        """
        class L:
            def __getattr__(self, name): raise SystemExit
        def f(x): return L()
        """,
        "failed|error",
    ),
    broken(
        "changes its argument",
        "def f(x):\n    x *= 2\n    return x",
        "failed",
        "mutation",
        says="x",
    ),
    broken(
        "deletes itself",
        "def f(x):\n    del globals()['f']\n    return 2 * x",
        "error",
        "exception",
    ),
    broken("NUL", "def f(x): return 2 * x\0", "rejected", "source"),
    broken("a megabyte", "#" * 10**6, "rejected", "source"),
    broken("not UTF-8", b"def f(x): return 2 * x # \xff", "rejected", "source"),
    broken("lone surrogate in the source", "x = '\ud800'", "rejected", "source"),
    broken("a byte order mark", b"\xef\xbb\xbfdef f(x): return 2 * x", "passed"),
    broken("Windows lines", "def f(x):\r\n    return 2 * x\r\n", "passed"),
    broken("deep parentheses", "(" * 10000 + ")" * 10000, "error"),
    broken(
        "deep negation", "x = " + "-" * 60000 + "1\ndef f(x): return 2 * x", "error|passed|limit"
    ),
    broken("a long sum", "x = " + "+".join(["1"] * 30000), "error|limit"),
    broken("deep blocks", "\n".join(" " * i + "if 1:" for i in range(150)), "error"),
    broken("much nested lists", "x = " + "[" * 150 + "]" * 150, "error", "missing"),
    broken("exits at load", "import sys\nsys.exit()", "error", "exit"),
    broken("exits with success", "raise SystemExit(0)", "error", "exit"),
    broken("exits in f", "def f(x): raise SystemExit(0)", "error", "exit"),
    broken("quits", "def f(x): quit()", "error", "exit", "exception"),
    broken("os._exit at load", "import os\nos._exit(0)", "error", "exit"),
    broken("os._exit in f", "import os\ndef f(x): os._exit(0)", "error", "exit"),
    broken("aborts", "import os\ndef f(x): os.abort()", "error", "crash", "exit"),
    broken(
        "a segmentation fault", "import ctypes\ndef f(x): ctypes.string_at(0)", "error", "crash"
    ),
    broken(
        "an x32 call",
        """
        import ctypes
        def f(x): ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))
        """,
        "error",
        "crash",
    ),
    broken("input", "def f(x): return input()", "error", "exception", says="nobody"),
    broken(
        "raises for an unseen case",
        """
        def f(x):
            if len(x) != 3: raise ValueError(repr(x))
            return 2 * x
        """,
        "error",
        "exception",
        says="unseen",
    ),
)
