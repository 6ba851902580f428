"""Attempts to answer in the judge's place, or to find the answer where it is not."""

from tests.sandbox.battery.kinds import Attack, attempt, broken

# A reply as the harness would write it, but for the turn that only the judge knows.
_FAKE = r"""
        import json, os, struct
        MARK = b"\x93JM1"
        def reply(turn):
            head = json.dumps({"turn": turn, "has": True, "changed": []}).encode() + b"\nnull"
            return struct.pack("<4sIQ", MARK, len(head), 0) + head
"""

FORGING: tuple[Attack, ...] = (
    broken(
        "a reply before the question",
        _FAKE
        + """
        os.write(3, reply("0" * 16) * 9)
        def f(x): return 2 * x
        """,
        "forged",
    ),
    broken(
        "a reply instead of the harness's",
        _FAKE
        + """
        def f(x):
            os.write(3, reply("0" * 16))
            while True: pass
        """,
        "forged",
    ),
    broken(
        "a reply with the right turn, twice",
        _FAKE
        + """
        import sys
        def f(x):
            frame = sys._getframe()
            while "request" not in frame.f_locals: frame = frame.f_back
            os.write(3, reply(frame.f_locals["request"]["turn"]))
            return 2 * x
        """,
        "forged|failed",
    ),
    broken("noise", "import os\ndef f(x): os.write(3, os.urandom(4096)); return 2 * x", "forged"),
    broken(
        "noise at load", "import os\nos.write(3, b'PASSED' * 9)\ndef f(x): return 2 * x", "forged"
    ),
    broken("one byte too many", "import os\ndef f(x): os.write(3, b'x'); return 2 * x", "forged"),
    broken(
        "an endless header",
        """
        import os, struct
        MARK = b"\\x93JM1"
        def f(x): os.write(3, struct.pack("<4sIQ", MARK, 2**32 - 1, 2**60)); return 2 * x
        """,
        "forged",
    ),
    broken(
        "a reply that never comes",
        """
        import os, struct
        MARK = b"\\x93JM1"
        def f(x):
            os.write(3, struct.pack("<4sIQ", MARK, 100, 0))
            while True: pass
        """,
        "limit",
        "time",
    ),
    broken(
        "deep JSON",
        """
        import os, struct
        MARK = b"\\x93JM1"
        def f(x):
            head = b"{}\\n" + b"[" * 100000
            os.write(3, struct.pack("<4sIQ", MARK, len(head), 0) + head)
            while True: pass
        """,
        "forged",
    ),
    broken(
        "an array larger than its bytes",
        """
        import os, struct, sys, json
        MARK = b"\\x93JM1"
        def f(x):
            frame = sys._getframe()
            while "request" not in frame.f_locals: frame = frame.f_back
            tree = {"t": "nd", "d": "<f8", "s": [2**39], "o": 0, "n": 8, "y": ""}
            head = json.dumps({"turn": frame.f_locals["request"]["turn"]}).encode()
            head += b"\\n" + json.dumps(tree).encode()
            os.write(3, struct.pack("<4sIQ", MARK, len(head), 8) + head + bytes(8))
            while True: pass
        """,
        "forged",
    ),
    broken("reading the next question", "import os\ndef f(x): os.read(3, 9)", "limit|forged|error"),
    broken(
        "closing the channel", "import os\ndef f(x): os.close(3); return 2 * x", "error", "exit"
    ),
    broken(
        "closing everything", "import os\nos.closerange(0, 99)\ndef f(x): return 2 * x", "error"
    ),
    broken(
        "a patched comparison",
        """
        import numpy as np, math, builtins
        np.allclose = np.array_equal = np.isclose = math.isclose = lambda *a, **k: True
        builtins.abs = lambda *a: 0
        def f(x): return 3 * x
        """,
        "failed",
        "value",
    ),
    broken(
        "an equality that always holds",
        """
        class E:
            def __eq__(self, other): return True
            def __array__(self, *a, **k): return self
            def __float__(self): return 0.0
        def f(x): return E()
        """,
        "failed",
        "type",
    ),
    broken(
        "a number that is always equal",
        """
        class E(float):
            def __eq__(self, other): return True
            __hash__ = None
        def f(x): return E(1.0)
        """,
        "failed",
        "type",
    ),
    broken(
        "an array that lies",
        """
        import numpy as np
        class A(np.ndarray):
            def __eq__(self, other): return np.ones(self.shape, bool)
            def __array_ufunc__(self, *a, **k): return np.zeros(1)
            shape = property(lambda self: (3,))
        def f(x): return (np.asarray(x) * 3).view(A)
        """,
        "failed|error",
    ),
    broken(
        "an honest subclass",
        """
        import numpy as np
        class A(np.ndarray): pass
        def f(x): return (x * 2).view(A)
        """,
        "passed",
    ),
    broken(
        "a pickle",
        """
        class P:
            def __reduce__(self): return (__import__("os")._exit, (0,))
        def f(x): return P()
        """,
        "failed",
        "type",
    ),
    broken(
        "a patched harness",
        """
        import sys
        for name, module in list(sys.modules.items()):
            if name.startswith("journeyman.sandbox"):
                for key, value in list(vars(module).items()):
                    if callable(value): setattr(module, key, lambda *a, **k: {"passed": True})
        def f(x): return 2 * x
        """,
        "error|forged|failed",
    ),
    broken(
        "a verdict instead of a value",
        """
        def f(x): return {"verdict": "passed", "passed": True, "score": 1.0}
        """,
        "failed",
        "type",
    ),
    attempt(
        "find the answer among all objects",
        """
        import gc
        import numpy as np
        seen = [o for o in gc.get_objects() if isinstance(o, np.ndarray) and o.shape == x.shape]
        for item in gc.get_objects():
            if isinstance(item, (list, tuple, dict)):
                inner = item.values() if isinstance(item, dict) else item
                seen += [o for o in inner if type(o) is np.ndarray and o.shape == x.shape]
        if not any(np.array_equal(o, 2 * x) for o in seen): raise LookupError("not here")
        """,
    ),
    attempt(
        "find the answer in the frames",
        """
        import numpy as np
        frame, found = sys._getframe(), []
        while frame:
            found += [v for v in frame.f_locals.values() if type(v) is np.ndarray]
            frame = frame.f_back
        if not any(v is not x and np.array_equal(v, 2 * x) for v in found): raise LookupError("not here")
        """,
    ),
    attempt(
        "import the engine's secrets",
        """
        import importlib
        importlib.import_module("journeyman.sandbox.judge")
        """,
    ),
    attempt(
        "import the references",
        """
        import importlib
        importlib.import_module("journeyman.curriculum.loading")
        """,
    ),
)
