"""The sandbox as the rest of the program sees it: warm tiers behind one thread-safe object."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

from journeyman.core.exercise import AnswerKey, Exercise, Tier, Verdict
from journeyman.errors import Unavailable
from journeyman.sandbox.isolation import Isolation, describe, probe
from journeyman.sandbox.runner import Gone, Runner
from journeyman.sandbox.scratch import make_root
from journeyman.sandbox.tiers import NEEDS


@dataclass(slots=True)
class _Warm:
    """One tier: its lock, its runner while it is warm, and who is using it since when."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    runner: Runner | None = None
    users: int = 0
    used: float = 0.0


class Sandbox:
    """Grades learner code in confined processes.

    Creating it starts nothing: a tier warms up on its first use, or ahead by ``warm``.

    Args:
        tiers: Which tiers may be used.
        idle_seconds: A tier that was not used for so long gives its memory back.
        scratch: Directory for scratch files; a temporary one by default.
        portable: Use one-shot workers without a jail, as on macOS and Windows.

    Example::

        sandbox = Sandbox()
        verdict = sandbox.grade(exercise, key, source, seed=7)
        sandbox.close()
    """

    def __init__(
        self,
        *,
        tiers: Iterable[Tier] = ("numpy", "sklearn", "torch"),
        idle_seconds: float = 600,
        scratch: Path | None = None,
        portable: bool = sys.platform != "linux",
    ) -> None:
        self._tiers: dict[Tier, _Warm] = {tier: _Warm() for tier in tiers}
        self._idle_seconds = idle_seconds
        self._parent = scratch
        self._portable = portable
        self._scratch: Path | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._wake = threading.Condition(self._lock)
        self._janitor: threading.Thread | None = None

    def isolation(self) -> Isolation:
        """The confinement that this machine allows; tried out on the first call (about 0.1 s)."""
        return describe(
            {**dict.fromkeys(probe(), False), "rlimits": True} if self._portable else probe()
        )

    def warm(self, tier: Tier) -> None:
        """Start a tier ahead of its first use; blocks until it is ready.

        Raises:
            Unavailable: if the tier is missing here or does not start.
        """
        self._acquire(tier)
        self._release(tier)

    def grade(
        self, exercise: Exercise, key: AnswerKey, source: str | bytes, *, seed: int
    ) -> Verdict:
        """The verdict on a submission. May be called from any thread.

        Args:
            exercise: What is asked: entry point, tier, limits, tolerances.
            key: The reference and the makers of cases; never leaves this process.
            source: The learner's file, text or UTF-8 bytes.
            seed: Makes the unseen cases; store it with the attempt.

        Raises:
            Unavailable: for failures of ours (a tier that is missing or died twice, a reference
                that fails); the learner is never blamed.
        """
        from journeyman.sandbox.judge import grade  # noqa: PLC0415 - brings numpy

        for attempt in (1, 2):
            runner = self._acquire(exercise.tier)
            try:
                verdict = grade(runner, exercise, key, source, seed=seed)
                return replace(verdict, isolation=self.isolation().level)
            except Gone:
                self._discard(exercise.tier, runner)
                if attempt == 2:
                    raise
            finally:
                self._release(exercise.tier)
        raise AssertionError

    def close(self) -> None:
        """End every process and remove every scratch file. Safe to call twice."""
        with self._lock:
            self._closed = True
            self._wake.notify_all()
        for warm in self._tiers.values():
            with warm.lock:
                self._cool(warm)
        if self._janitor is not None and self._janitor is not threading.current_thread():
            self._janitor.join()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    # ------------------------------------------------------------- tiers

    def _acquire(self, tier: Tier) -> Runner:
        warm = self._tiers.get(tier)
        if warm is None:
            raise Unavailable(f"The {tier} sandbox is switched off here; nothing is counted.")
        with warm.lock:
            if self._closed:
                raise Unavailable("The sandbox has been closed; nothing is counted.")
            if warm.runner is None or not warm.runner.alive:
                self._cool(warm)
                warm.runner = self._start(tier)
            warm.users += 1
            return warm.runner

    def _release(self, tier: Tier) -> None:
        warm = self._tiers[tier]
        with warm.lock:
            warm.users -= 1
            warm.used = time.monotonic()

    def _discard(self, tier: Tier, runner: Runner) -> None:
        """Let go of a runner that has failed, unless another thread has replaced it already."""
        warm = self._tiers[tier]
        with warm.lock:
            if warm.runner is runner:
                self._cool(warm)

    @staticmethod
    def _cool(warm: _Warm) -> None:
        if warm.runner is not None:
            warm.runner.close()
            warm.runner = None

    def _start(self, tier: Tier) -> Runner:
        if find_spec(NEEDS[tier]) is None:
            extra = " Install it with the extra journeyman[torch]." if tier == "torch" else ""
            raise Unavailable(f"{NEEDS[tier]} is not installed, so nothing was graded.{extra}")
        runner = self._runner(tier)
        with self._lock:
            if self._janitor is None:
                self._janitor = threading.Thread(target=self._watch, daemon=True, name="sandbox")
                self._janitor.start()
        return runner

    def _runner(self, tier: Tier) -> Runner:
        if self._portable:
            from journeyman.sandbox.spawned import SpawnRunner  # noqa: PLC0415 - needed here only

            return SpawnRunner(tier, self._own_scratch())
        from journeyman.sandbox.forked import ForkRunner  # noqa: PLC0415 - Linux only

        layers = [name for name, holds in probe().items() if holds and name != "landlock_scope"]
        return ForkRunner(tier, layers, self._own_scratch())

    def _own_scratch(self) -> Path:
        with self._lock:
            if self._scratch is None:
                self._scratch = make_root(self._parent)
            return self._scratch

    def _watch(self) -> None:
        """Give back the memory of tiers that nobody has used for a while."""
        pause = max(min(self._idle_seconds / 4, 60.0), 0.05)
        while True:
            with self._lock:
                self._wake.wait_for(lambda: self._closed, pause)
                if self._closed:
                    return
            for warm in self._tiers.values():
                with warm.lock:
                    idle = time.monotonic() - warm.used > self._idle_seconds
                    if warm.runner is not None and not warm.users and idle:
                        self._cool(warm)
