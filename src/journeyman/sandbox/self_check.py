"""The contract of a runner: what every one of them must do, as checks that anyone can run.

A runner of a third party (entry-point group ``journeyman.runners``) is accepted if
``self_check(runner)`` returns no fault. Each check is a small function on a runner that returns
None, or one sentence about what is wrong.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from journeyman.core.exercise import AnswerKey, Case, Exercise, Limits, Verdict
from journeyman.sandbox.conversation import Conversation
from journeyman.sandbox.judge import grade
from journeyman.sandbox.runner import Runner

Check = Callable[[Runner], str | None]
_LIMITS = Limits(cpu_seconds=0.5, wall_seconds=2.0, memory_mb=256)
_EXERCISE = Exercise(
    "self-check", "self-check", 1, "Self-check", "f", "numpy", {"self-check": 1.0}, limits=_LIMITS
)
_RIGHT = "def f(x):\n    return x + 1\n"
_RESULT_SECONDS = 30.0


def self_check(runner: Runner) -> list[str]:
    """Run every check; one sentence for each that fails.

    Args:
        runner: A live runner of the numpy tier.
    """
    found = [(check.__name__, check(runner)) for check in CHECKS]
    return [f"{name}: {fault}" for name, fault in found if fault is not None]


def _grade(runner: Runner, source: str) -> Verdict:
    key = AnswerKey(
        lambda x: x + 1,
        lambda: [Case((np.arange(4.0),), label="visible")],
        lambda rng: [Case((rng.normal(size=3),), label="unseen")],
    )
    return grade(runner, _EXERCISE, key, source, seed=0)


def _expect(verdict: Verdict, *wanted: str) -> str | None:
    if verdict.verdict in wanted:
        return None
    return f"the verdict is {verdict.verdict} ({verdict.message}), expected {' or '.join(wanted)}"


def right_work_passes(runner: Runner) -> str | None:
    """Right code passes."""
    return _expect(_grade(runner, _RIGHT), "passed")


def wrong_work_fails(runner: Runner) -> str | None:
    """Wrong code fails."""
    return _expect(_grade(runner, "def f(x):\n    return x + 2\n"), "failed")


def a_loop_is_stopped(runner: Runner) -> str | None:
    """An endless loop ends at the limit."""
    started = time.monotonic()
    fault = _expect(_grade(runner, "def f(x):\n    while True: pass\n"), "limit")
    slow = time.monotonic() - started > _RESULT_SECONDS
    return fault or ("it took too long to stop a loop" if slow else None)


def a_sleep_is_stopped(runner: Runner) -> str | None:
    """Waiting ends at the limit of wall time."""
    return _expect(_grade(runner, "import time\ndef f(x):\n    time.sleep(99)\n"), "limit")


def a_flood_is_stopped(runner: Runner) -> str | None:
    """Endless output ends at the limit and is not kept."""
    verdict = _grade(runner, "def f(x):\n    while True: print('x' * 9999)\n")
    large = len(verdict.stdout) > 1 << 17
    return _expect(verdict, "limit") or ("the output was kept" if large else None)


def memory_is_limited(runner: Runner) -> str | None:
    """Memory beyond the budget is refused (where the system can)."""
    if os.name != "posix" or os.uname().sysname != "Linux":
        return None
    source = "def f(x):\n    y = bytearray(1 << 30)\n    return x + 1\n"
    return _expect(_grade(runner, source), "limit")


def an_exit_is_no_pass(runner: Runner) -> str | None:
    """Ending the process does not pass."""
    return _expect(_grade(runner, "import os\nos._exit(0)\n"), "error")


def a_stray_reply_is_forged(runner: Runner) -> str | None:
    """Bytes of the learner on the way to the judge are told from replies."""
    source = (
        "import os\n"
        "for n in range(3, 40):\n"
        "    try: os.write(n, b'x' * 99)\n"
        "    except OSError: pass\n" + _RIGHT
    )
    return _expect(_grade(runner, source), "forged", "error", "limit")


def output_is_captured(runner: Runner) -> str | None:
    """What visible cases print comes back, and what unseen cases print does not."""
    verdict = _grade(runner, "def f(x):\n    print('saw', len(x))\n    return x + 1\n")
    return None if verdict.stdout == "saw 4\n" else f"the output is {verdict.stdout!r}"


def submissions_do_not_meet(runner: Runner) -> str | None:
    """What one submission changes or writes, the next one does not see."""
    leave = "import sys, os\nsys.mark = 1\nopen('mark', 'w').write('x')\n" + _RIGHT
    look = "import sys, os\nassert not hasattr(sys, 'mark')\nassert not os.listdir('.')\n" + _RIGHT
    return _expect(_grade(runner, leave), "passed") or _expect(_grade(runner, look), "passed")


def several_at_once(runner: Runner) -> str | None:
    """Threads may grade at the same time."""
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda _: _grade(runner, _RIGHT), range(8)))
    return next(filter(None, (_expect(verdict, "passed") for verdict in verdicts)), None)


def scratch_is_removed(runner: Runner) -> str | None:
    """A child's scratch directory is gone after its end, and ending twice is harmless."""
    link = runner.start(_LIMITS)
    conversation = Conversation(link, _LIMITS)
    conversation.ask("parse", source="import os\nfull = open('full', 'w').write('x')", forbidden=[])
    answer, _ = conversation.ask("run", entry="full")
    before = link.scratch_bytes()
    link.end()
    link.end()
    if answer.get("has") is not True or before != 1:
        return "a child cannot write into its scratch directory"
    return "its files are still there" if link.scratch_bytes() else None


CHECKS: tuple[Check, ...] = (
    right_work_passes,
    wrong_work_fails,
    a_loop_is_stopped,
    a_sleep_is_stopped,
    a_flood_is_stopped,
    memory_is_limited,
    an_exit_is_no_pass,
    a_stray_reply_is_forged,
    output_is_captured,
    submissions_do_not_meet,
    several_at_once,
    scratch_is_removed,
)
