"""Does the work grow faster than the reference's? Measured from outside, by the kernel's clock."""

from __future__ import annotations

import gc
import math
import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from journeyman.core.exercise import AnswerKey, Case, CaseResult, Exercise
from journeyman.errors import Unavailable
from journeyman.sandbox.conversation import Conversation, Stopped
from journeyman.sandbox.reference import Sent

STEP = 4
SIZES = tuple(64 * STEP**power for power in range(6))  # 64 ... 65,536
REPEATS = 2
REFERENCE_RUNS = 3
LONG_REFERENCE_SECONDS = 0.5
# A growth is only judged on times that stand clear of the clock's and the wire's noise.
CLEAR_SECONDS = 0.04
ENOUGH_REFERENCE_SECONDS = 0.004
KEEPS_UP = 5  # so many times the reference's own time is still no matter of growth
# Of a whole power: n log n measures near 1.1 and up to 1.5 where caches overflow, n squared 1.8 to
# 2.1.
EXTRA_POWER = 0.75


@dataclass(frozen=True, slots=True)
class _Pair:
    """CPU seconds at n and at 4n."""

    small: float
    large: float

    @property
    def power(self) -> float:
        """The power of n that fits both times."""
        return math.log(max(self.large, 1e-9) / max(self.small, 1e-9), STEP)


def growth_case(
    exercise: Exercise, key: AnswerKey, conversation: Conversation, seed: int
) -> CaseResult | None:
    """The result of the growth check, or None where the machine cannot measure it.

    Times the child on n and 4n, from small sizes up, until the time is long enough to judge or
    the reference itself takes long. It counts against the learner only if the growth is a power
    of n clearly higher than the reference's, by the least of several measurements.

    Raises:
        Stopped: if the child breaks a limit on a size that the reference does easily.
        Unavailable: if the author's code fails.
    """
    if conversation.link.usage() is None or key.performance is None:
        return None
    measure = _Measure(exercise, key, conversation, seed)
    label = measure.case(SIZES[0]).label or "how the work grows with the input"
    try:
        for small, large in pairwise(SIZES):
            theirs = measure.pair(small, large)
            if theirs.large >= CLEAR_SECONDS:
                return _judged(label, measure, small, large, theirs)
            own = measure.reference(large)
            if own >= ENOUGH_REFERENCE_SECONDS and theirs.large < KEEPS_UP * own:
                break
    except _Raised as raised:
        message = f"on a larger input your code raises {raised}"
        return CaseResult(label, visible=False, passed=False, category="exception", message=message)
    return CaseResult(label, visible=False, passed=True)


def _judged(label: str, measure: _Measure, small: int, large: int, theirs: _Pair) -> CaseResult:
    for _ in range(REPEATS):  # what else the machine does only ever adds time: the least counts
        again = measure.pair(small, large, runs=3)
        theirs = _Pair(min(theirs.small, again.small), min(theirs.large, again.large))
    own = [measure.reference(n) for n in (small, large, STEP * large)]
    allowed = _power(own) + EXTRA_POWER
    if theirs.power <= allowed or theirs.large < KEEPS_UP * own[1]:
        return CaseResult(label, visible=False, passed=True)
    times = theirs.large / theirs.small
    message = (
        f"{STEP}x the input took {times:.0f}x the time ({theirs.small * 1e3:.0f} ms, then "
        f"{theirs.large * 1e3:.0f} ms)"
    )
    if 1.6 < theirs.power < 2.5:
        message += ": the work grows with the square of the input, as a loop over pairs does"
    return CaseResult(label, visible=False, passed=False, category="growth", message=message)


def _power(own: list[float]) -> int:
    """The whole power of n by which the reference grows over three sizes: 1, 2, 3.

    Caches and overhead bend a linear reference to powers between 0.8 and 1.4, so the nearest whole
    power is what it is.
    """
    return max(1, round(_Pair(own[0], own[-1]).power / (len(own) - 1)))


class _Raised(Exception):  # noqa: N818 - control flow inside this module
    """The learner's function raised on a larger input."""


class _Measure:
    """Times the learner's function and the reference on inputs of a size."""

    def __init__(
        self, exercise: Exercise, key: AnswerKey, conversation: Conversation, seed: int
    ) -> None:
        self.exercise = exercise
        self.key = key
        self.conversation = conversation
        self.seed = seed
        self.sent: dict[int, Sent] = {}

    def case(self, n: int) -> Case:
        assert self.key.performance is not None
        try:
            return self.key.performance(np.random.default_rng(self.seed), n)
        except Exception as error:
            raise Unavailable(
                f"This exercise is broken: its growth case fails ({error}). Nothing is counted."
            ) from error

    def input(self, n: int) -> Sent:
        if n not in self.sent:
            case = self.case(n)
            self.sent = {**self.sent, n: Sent(case.args, case.kwargs)}
        return self.sent[n]

    def reference(self, n: int) -> float:
        """CPU seconds of the reference: the least of a few runs, without the collector.

        Collecting, first touches of memory and cold caches only ever add time, and what they add
        would be allowed to the learner as growth.
        """
        best, spent = math.inf, 0.0
        for _ in range(REFERENCE_RUNS):
            best = min(best, self._run(n))
            spent += best
            if spent > LONG_REFERENCE_SECONDS:
                break
        return best

    def _run(self, n: int) -> float:
        args, kwargs = self.input(n).live()
        collecting = gc.isenabled()
        gc.disable()
        started = time.thread_time()
        try:
            with np.errstate(all="ignore"):
                self.key.reference(*args, **kwargs)
        except Exception as error:
            raise Unavailable(
                f"This exercise is broken: its reference fails on a larger input ({error}). "
                "Nothing is counted."
            ) from error
        finally:
            used = time.thread_time() - started
            if collecting:
                gc.enable()
        return used

    def pair(self, small: int, large: int, runs: int = 1) -> _Pair:
        """Times at both sizes; the small one is cheap, so its least of several runs is taken."""
        return _Pair(min(self.child(small) for _ in range(runs)), self.child(large))

    def child(self, n: int) -> float:
        sent = self.input(n)
        before = self.used()
        answer, _ = self.conversation.ask("call", sent.packed, name=self.exercise.entry, drop=True)
        if "error" in answer:
            name = answer["error"]
            raise _Raised(name if isinstance(name, str) and name.isidentifier() else "an exception")
        return self.used() - before

    def used(self) -> float:
        usage = self.conversation.link.usage()
        if usage is None:
            raise Stopped("error", "exit", "Your code ended the program.")
        return usage.cpu
