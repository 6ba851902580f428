"""The portable runner: pre-warmed workers that each serve one submission and end.

For macOS and Windows; on Linux it can be chosen to test it. Threads move the bytes, because pipes
cannot be waited for on every system. Its level is ``limits-only``.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from journeyman.core.exercise import Limits, Tier
from journeyman.sandbox import wire
from journeyman.sandbox.runner import Ending, Gone, Step, Usage
from journeyman.sandbox.scratch import directory_bytes, remove, usage_of
from journeyman.sandbox.tiers import MODULES, environment, package_root

START_SECONDS = 120.0
_SETTLE_SECONDS = 0.02
_STEP_BYTES = 1 << 20
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from journeyman.sandbox.worker import main; main(sys.argv[2])"
)


class SpawnRunner:
    """Keeps one worker warm ahead of the next submission.

    Args:
        tier: Which libraries are imported ahead.
        scratch: Directory under which each worker gets its own.

    Raises:
        Unavailable: if a worker does not come up.
    """

    def __init__(self, tier: Tier, scratch: Path) -> None:
        self.tier = tier
        self.scratch = scratch
        self.lock = threading.Lock()
        self.closed = False
        self.spare: SpawnLink | None = SpawnLink(self)
        self.spare.await_ready()

    @property
    def alive(self) -> bool:
        """Workers are started as needed, so it can always start one until it is closed."""
        return not self.closed

    def start(self, limits: Limits) -> SpawnLink:
        """Take the warm worker, and start the next one.

        Raises:
            Unavailable: if the worker does not come up.
        """
        with self.lock:
            link, self.spare = self.spare or SpawnLink(self), SpawnLink(self)
        try:
            link.begin(limits)
        except Gone:
            link.end()
            raise
        return link

    def close(self) -> None:
        """End the worker that waits."""
        with self.lock:
            self.closed = True
            spare, self.spare = self.spare, None
        if spare is not None:
            spare.end()


class SpawnLink:
    """The judge's ends of one worker."""

    def __init__(self, runner: SpawnRunner) -> None:
        self.runner = runner
        self.ending: Ending | None = None
        self.ready = False
        self.before = Usage(0.0, 0.0)  # what warming up has used
        self.scratch = tempfile.mkdtemp(prefix="run-", dir=runner.scratch)
        source = str(package_root().parent)
        settings = json.dumps({"modules": MODULES[runner.tier], "forget": source})
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-I", "-B", "-c", _BOOT, source, settings],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(Path(self.scratch)),
            cwd=self.scratch,
            start_new_session=True,  # Ctrl-C in the terminal is the judge's matter
            bufsize=0,
        )
        self.news: queue.Queue[tuple[str, bytes]] = queue.Queue(64)  # bounded: a flood must wait
        self.orders: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.threads = [
            threading.Thread(target=self._read, args=("reply", self.process.stdout), daemon=True),
            threading.Thread(target=self._read, args=("print", self.process.stderr), daemon=True),
            threading.Thread(target=self._write, args=(self.process.stdin,), daemon=True),
        ]
        for thread in self.threads:
            thread.start()

    def await_ready(self) -> None:
        """Wait until the worker has imported its libraries.

        Raises:
            Gone: if it ends or takes too long.
        """
        received, printed = bytearray(), b""
        deadline = time.monotonic() + START_SECONDS
        while not self.ready:
            step = self.step(memoryview(b""), 0.5)
            printed += step.printed
            received += step.received or b""
            if step.received == b"" or time.monotonic() > deadline:
                why = printed.decode("utf-8", "replace").strip()[-300:] or "no answer"
                self.end()
                raise Gone(f"The {self.runner.tier} sandbox did not start ({why}); not counted.")
            self.ready = len(received) > 0 and wire.missing_bytes(received) == 0

    def begin(self, limits: Limits) -> None:
        """Hand over the limits and the scratch directory of the submission."""
        self.await_ready()
        details = {
            "scratch": self.scratch,
            "cpu_seconds": limits.cpu_seconds,
            "memory_mb": limits.memory_mb,
        }
        self.before = usage_of(self.process.pid) or self.before
        self.orders.put(wire.frame(details))

    def _read(self, kind: str, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while data := os.read(pipe.fileno(), 1 << 16):
                self.news.put((kind, data))
        if kind == "reply":
            self.news.put((kind, b""))

    def _write(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while (data := self.orders.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(pipe.fileno(), view) :]

    def step(self, outgoing: memoryview, seconds: float) -> Step:
        """Send all and wait for news, at most ``seconds``."""
        if outgoing:
            self.orders.put(bytes(outgoing))
        received: bytes | None = None
        printed = b""
        with contextlib.suppress(queue.Empty):
            kind, data = self.news.get(timeout=seconds) if seconds else self.news.get_nowait()
            taken = 0
            # Bounded: a flood may fill the queue as fast as it is emptied here.
            while True:
                taken += len(data)
                if kind == "print":
                    printed += data
                elif not data and received:  # the end comes after the last reply
                    self.news.put((kind, data))
                    break
                else:
                    received = (received or b"") + data
                    if not data:
                        break
                if taken >= _STEP_BYTES:
                    break
                kind, data = self.news.get_nowait()
        return Step(len(outgoing), received, printed)

    def settle(self) -> bytes:
        """What was printed before the last reply but travelled on the other pipe."""
        return self.step(memoryview(b""), _SETTLE_SECONDS).printed

    def usage(self) -> Usage | None:
        """What the worker has used since it was warm, where the system tells."""
        now = usage_of(self.process.pid)
        if now is None:
            return None
        return Usage(now.cpu - self.before.cpu, now.waiting - self.before.waiting)

    def scratch_bytes(self) -> int:
        """Bytes in the worker's scratch directory."""
        return directory_bytes(self.scratch)

    def end(self) -> Ending:
        """Kill the worker, wait for its end, remove its scratch."""
        if self.ending is None:
            # A worker that ends by itself closes its pipe first; its own status tells more.
            self.ending = self._reap()
            self.orders.put(None)
            while any(thread.is_alive() for thread in self.threads):
                with contextlib.suppress(queue.Empty):  # make room, so that the readers can end
                    self.news.get(timeout=0.01)
            for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            remove(self.scratch)
        return self.ending

    def _reap(self) -> Ending:
        if not hasattr(os, "wait4"):  # Windows: no resource use to be had
            self.process.kill()
            return Ending(self.process.wait(), None, 0.0)
        # Not Popen.kill: it polls first, and a worker that has just ended would be reaped there.
        os.kill(self.process.pid, signal.SIGKILL)
        _, code, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(code)
        by = os.WTERMSIG(code) if os.WIFSIGNALED(code) else None
        status = os.WEXITSTATUS(code) if os.WIFEXITED(code) else None
        cpu = used.ru_utime + used.ru_stime - self.before.cpu
        return Ending(status, by, max(cpu, 0.0))
