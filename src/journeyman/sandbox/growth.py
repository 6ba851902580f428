"""Does the work grow faster than the reference's? Measured from outside, by the kernel's clock."""

from __future__ import annotations

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
# A growth is only judged on times that stand clear of the clock's and the wire's noise.
CLEAR_SECONDS = 0.06
ENOUGH_REFERENCE_SECONDS = 0.004
# Between n (1) and n squared (2); n log n lies near 1.1.
EXTRA_POWER = 0.5


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
    of n higher than the reference's by more than 0.5, and again when measured anew.

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
            if measure.reference(large) >= ENOUGH_REFERENCE_SECONDS:
                break
    except _Raised as raised:
        message = f"on a larger input your code raises {raised}"
        return CaseResult(label, visible=False, passed=False, category="exception", message=message)
    return CaseResult(label, visible=False, passed=True)


def _judged(label: str, measure: _Measure, small: int, large: int, theirs: _Pair) -> CaseResult:
    for _ in range(REPEATS):
        own = [_Pair(measure.reference(n), measure.reference(STEP * n)) for n in (small, large)]
        # The larger pair counts as well: on small inputs a fast reference is all overhead.
        allowed = max(1.0, *(pair.power for pair in own)) + EXTRA_POWER
        if theirs.power <= allowed or theirs.large < 5 * own[0].large:
            return CaseResult(label, visible=False, passed=True)
        again = measure.pair(small, large)
        theirs = _Pair(min(theirs.small, again.small), min(theirs.large, again.large))
    if theirs.power <= allowed:
        return CaseResult(label, visible=False, passed=True)
    times = theirs.large / theirs.small
    message = (
        f"{STEP}x the input took {times:.0f}x the time ({theirs.small * 1e3:.0f} ms, then "
        f"{theirs.large * 1e3:.0f} ms)"
    )
    if 1.6 < theirs.power < 2.5:
        message += ": a loop over pairs?"
    return CaseResult(label, visible=False, passed=False, category="growth", message=message)


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
        args, kwargs = self.input(n).live()
        started = time.thread_time()
        try:
            with np.errstate(all="ignore"):
                self.key.reference(*args, **kwargs)
        except Exception as error:
            raise Unavailable(
                f"This exercise is broken: its reference fails on a larger input ({error}). "
                "Nothing is counted."
            ) from error
        return time.thread_time() - started

    def pair(self, small: int, large: int) -> _Pair:
        return _Pair(self.child(small), self.child(large))

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
