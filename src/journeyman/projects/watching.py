"""Starts a program, watches its time and memory, and ends it and its children at a limit."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeyman.errors import Invalid

FIRST, EVERY = 0.01, 0.25
"""Seconds between two looks: short ones first, so that a quick program is seen as well."""
GRACE = 5.0  # seconds between asking a program to end and ending it
LARGEST_LOG = 64 << 20
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True, slots=True)
class Limits:
    """After how many seconds, and beyond which resident memory, a program is ended."""

    seconds: float
    memory_mib: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What is measured while a program runs.

    Attributes:
        step, of, what: The last progress that the program itself reported; ``of`` 0 for none.
        line: The last line that it printed.
    """

    seconds: float
    mib: float
    step: int = 0
    of: int = 0
    what: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended.

    Attributes:
        stopped: Why it was ended by a limit, one sentence; empty where it ended by itself.
    """

    exit_code: int
    seconds: float
    peak_mib: float
    stopped: str = ""


def watch(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    limits: Limits,
    *,
    progress: Path | None = None,
    tell: Callable[[Seen], None] | None = None,
) -> Ended:
    """Run a program to its end or to a limit.

    Its output goes to ``log``. It dies with this process, whatever ends that.

    Raises:
        Invalid: there is no such program.
        KeyboardInterrupt: Ctrl-C, after the program and its children were ended.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output, _bound_to_us() as before:
        try:
            process = subprocess.Popen(  # noqa: S603 - the learner's own command
                list(command), cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=before,  # noqa: PLW1509 - one prctl call, looked up before the fork
            )  # fmt: skip
        except OSError as error:
            raise Invalid(
                f"{command[0]} cannot be started ({error.strerror}); look at [run] in "
                "journeyman.toml."
            ) from error
        try:
            return _until_end(process, log, limits, progress, tell)
        finally:
            end(process)


def _until_end(
    process: subprocess.Popen[bytes],
    log: Path,
    limits: Limits,
    progress: Path | None,
    tell: Callable[[Seen], None] | None,
) -> Ended:
    began = time.monotonic()
    peak, pause = 0.0, FIRST
    while True:
        seconds = time.monotonic() - began
        mib = memory_of(process.pid)
        peak = max(peak, mib)
        if process.poll() is not None:
            return Ended(process.returncode, seconds, peak)
        stopped = _beyond(limits, seconds, mib, log)
        if stopped:
            end(process)
            return Ended(process.returncode or 0, seconds, peak, stopped)
        if tell is not None:
            tell(Seen(seconds, mib, *_told(progress), last_line(log)))
        with suppress(subprocess.TimeoutExpired):
            process.wait(pause)
        pause = min(EVERY, 1.5 * pause)


def _beyond(limits: Limits, seconds: float, mib: float, log: Path) -> str:
    if seconds > limits.seconds:
        return (
            f"It was ended after {limits.seconds / 60:g} minutes, its limit; give it more with "
            "--minutes, or make it do less."
        )
    if mib > limits.memory_mib:
        return (
            f"It was ended because it held {mib:,.0f} MiB of memory, more than its limit of "
            f"{limits.memory_mib:,.0f}; give it more with --memory, or read the data in parts."
        )
    if log.stat().st_size > LARGEST_LOG:
        return f"It was ended because it had printed more than {LARGEST_LOG >> 20} MiB."
    return ""


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the program and its children to end; after a while, end them."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait()
    _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))  # children that were left behind


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)  # it leads a group of its own
        elif process.poll() is None:
            process.send_signal(number)


@contextmanager
def _bound_to_us() -> Iterator[Callable[[], Any] | None]:
    """On Linux, what makes a child die with its parent, even where that is killed."""
    if not sys.platform.startswith("linux"):
        yield None
        return
    prctl = ctypes.CDLL(None).prctl
    yield lambda: prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def memory_of(leader: int) -> float:
    """Resident memory in MiB of a process and all of its session; 0 where it cannot be told."""
    total = 0
    page = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:  # the session's leader
            total += max(0, int(fields[21])) * page
    return total / 2**20


def _told(progress: Path | None) -> tuple[int, int, str]:
    line = last_line(progress) if progress is not None else ""
    try:
        data = json.loads(line) if line else {}
        return int(data.get("step", 0)), int(data.get("of", 0)), str(data.get("what", ""))[:80]
    except (ValueError, TypeError, AttributeError):
        return 0, 0, ""


def last_line(file: Path) -> str:
    """The last whole line of a file, at most 200 letters; empty where there is none."""
    try:
        with file.open("rb") as raw:
            raw.seek(max(0, file.stat().st_size - 4096))
            lines = raw.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")
