"""Code that wants all of the time, memory, disk or output."""

from tests.sandbox.battery.kinds import Attack, broken

EXHAUSTING: tuple[Attack, ...] = (
    broken("an endless loop", "def f(x):\n    while True: pass", "limit", "time"),
    broken("an endless loop at load", "while True: pass", "limit", "time"),
    broken("a long sleep", "import time\ndef f(x): time.sleep(99)", "limit", "time", says="sleep"),
    broken("a pause", "import signal\ndef f(x): signal.pause()", "limit", "time"),
    broken(
        "a deadlock",
        """
        import threading
        def f(x):
            lock = threading.Lock()
            lock.acquire()
            lock.acquire()
        """,
        "limit",
        "time",
    ),
    broken(
        "ignored signals",
        """
        import signal
        for number in range(1, 32):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        def f(x):
            while True: pass
        """,
        "limit",
        "time",
    ),
    broken(
        "swallowed exceptions",
        """
        def f(x):
            while True:
                try:
                    while True: pass
                except BaseException: pass
        """,
        "limit",
        "time",
    ),
    broken("a power tower", "def f(x): return 10**10**9", "limit|error", "time", "memory", "exit"),
    broken(
        "a catastrophic pattern",
        """
        import re
        def f(x): re.match('(a+)+$', 'a' * 40 + 'b')
        """,
        "limit",
        "time",
    ),
    broken("a loop in C", "def f(x): sum(range(10**12))", "limit", "time"),
    broken(
        "a busy thread",
        """
        import threading
        def spin():
            while True: pass
        def f(x):
            threading.Thread(target=spin, daemon=True).start()
            while True: pass
        """,
        "limit",
        "time",
    ),
    broken(
        "a growing list",
        """
        def f(x):
            a = [0]
            while True: a += a
        """,
        "limit",
        "memory",
    ),
    broken(
        "a huge array", "import numpy as np\ndef f(x): return np.ones(10**11)", "limit", "memory"
    ),
    broken("a huge list", "def f(x): return [0] * 10**10", "limit", "memory"),
    broken(
        "swallowed memory errors",
        """
        def f(x):
            a = []
            while True:
                try: a.append(bytearray(10**7))
                except MemoryError: pass
        """,
        "limit",
        "time",
    ),
    broken(
        "a deep recursion in C",
        """
        import sys
        sys.setrecursionlimit(10**9)
        def f(x): return f(x)
        """,
        "error|limit",
        "crash",
        "memory",
        "exit",
        "time",
        "exception",
    ),
    broken("a flood of output", "def f(x):\n    while True: print('x' * 10000)", "limit", "output"),
    broken(
        "a flood of errors",
        """
        import sys
        def f(x):
            while True: sys.stderr.write('x' * 10000)
        """,
        "limit",
        "output",
    ),
    broken(
        "a flood through os.write",
        """
        import os
        def f(x):
            while True: os.write(1, b'x' * 65536)
        """,
        "limit",
        "output",
    ),
    broken(
        "a large file",
        """
        def f(x):
            with open("a", "wb", buffering=0) as file:
                for _ in range(100): file.write(bytes(1 << 20))
        """,
        "error",
        "exception",
        says="too large",
    ),
    broken(
        "many files",
        """
        def f(x):
            n = 0
            while True:
                with open(str(n), 'wb') as file: file.write(bytes(8 << 20))
                n += 1
        """,
        "limit",
        "disk",
        "time",
    ),
    broken(
        "many descriptors", "def f(x): return [open('/dev/null') for _ in range(9999)]", "error"
    ),
    broken(
        "many threads",
        """
        import threading, time
        def f(x):
            for _ in range(100000): threading.Thread(target=time.sleep, args=(99,)).start()
        """,
        "error|limit",
    ),
    broken(
        "an exit that hangs",
        """
        import atexit, time
        atexit.register(time.sleep, 99)
        def f(x): return 2 * x
        """,
        "passed",
    ),
    broken(
        "a thread that goes on",
        """
        import threading, time
        threading.Thread(target=time.sleep, args=(99,)).start()
        def f(x): return 2 * x
        """,
        "passed",
    ),
    broken(
        "a finaliser that hangs",
        """
        import time
        class D:
            def __del__(self): time.sleep(99)
        keep = D()
        def f(x): return 2 * x
        """,
        "passed",
    ),
    broken(
        "a trace that hangs",
        """
        import sys
        def trace(*args):
            while True: pass
        def f(x):
            sys.settrace(trace)
            return (lambda: 2 * x)()
        """,
        "limit",
        "time",
    ),
)
