"""Does the work grow faster than the reference's? Measured from outside, by the kernel's clock."""

from __future__ import annotations

import gc
import math
import time
from dataclasses import dataclass, replace

import numpy as np

from journeyman.core.exercise import AnswerKey, Case, CaseResult, Exercise
from journeyman.errors import Unavailable
from journeyman.sandbox.conversation import Conversation, Stopped
from journeyman.sandbox.reference import Sent, holds_opaque

STEP = 4
SIZES = tuple(64 * STEP**power for power in range(6))  # 64 ... 65,536
SPAN = 2  # steps between the two sizes that are judged: 16 times the input
# A growth is only judged on times that stand clear of the clock's and the wire's noise.
CLEAR_SECONDS = 0.04
CLEAR_SMALL_SECONDS = 0.001
LONG_SECONDS = 0.15  # 16 times that is too much for one more size
SMALL_RUNS = 8
MOST_ROUNDS = 5
REFERENCE_RUNS, MOST_REFERENCE_RUNS = 3, 12
SHORT_REFERENCE_SECONDS, LONG_REFERENCE_SECONDS = 0.05, 0.5
ENOUGH_REFERENCE_SECONDS = 0.004
KEEPS_UP = 5  # so many times the reference's own time is still no matter of growth
# Reading its input is part of the child's time: up to so many times what it costs the judge,
# because the child touches fresh pages (6 to 40 times measured, on lists, texts and arrays).
RECEIPT = 60
# Of a whole power. Over 16 times the input n log n measures up to 1.35 where memory is taken in
# larger pieces or caches overflow, n squared 1.8 to 2.1.
EXTRA_POWER = 0.65
BORDER = 0.65  # a reference's power counts as the next whole one from here on: 1.65 as 2
MARGIN = 0.15  # so near to a border one measures again: the machine's speed changes meanwhile
SHARE_OF_LIMIT = 0.8  # of the submission's processor time may go before we stop measuring again


@dataclass(frozen=True, slots=True)
class _Pair:
    """CPU seconds on ``small`` and on ``large`` rows."""

    small: int
    large: int
    before: float
    after: float

    @property
    def power(self) -> float:
        """The power of n that fits both times."""
        times = max(self.after, 1e-9) / max(self.before, 1e-9)
        return math.log(times) / math.log(self.large / self.small)

    def least(self, other: _Pair) -> _Pair:
        """What else the machine does only ever adds time: the least of two measurements."""
        before, after = min(self.before, other.before), min(self.after, other.after)
        return replace(self, before=before, after=after)


def growth_case(
    exercise: Exercise, key: AnswerKey, conversation: Conversation, seed: int
) -> CaseResult | None:
    """The result of the growth check, or None where the machine cannot measure it.

    Times the child on ever larger inputs, until the time is long enough to judge, or the reference
    itself takes long, or an input is too large to be sent. It counts against the learner only if
    the growth over 16 times the input is a power of n clearly higher than the reference's, by the
    least of several measurements.

    Raises:
        Stopped: if the child breaks a limit on a size that the reference does easily.
        Unavailable: if the author's code fails.
    """
    if conversation.link.usage() is None or key.performance is None:
        return None
    measure = _Measure(exercise, key, conversation, seed)
    label = measure.case(SIZES[0]).label or "how the work grows with the input"
    times: list[float] = []
    try:
        for step, size in enumerate(SIZES):
            if not measure.sendable(size):
                break
            times.append(measure.child(size))
            if _clear(times) and times[-1] > measure.no_matter(size):
                first = max(0, step - SPAN)
                seen = _Pair(SIZES[first], size, times[first], times[-1])
                return _judged(label, measure, seen)
            own = measure.reference(size)
            if step and own >= ENOUGH_REFERENCE_SECONDS and times[-1] < KEEPS_UP * own:
                break
    except _Raised as raised:
        message = f"on a larger input your code raises {raised}"
        return CaseResult(label, visible=False, passed=False, category="exception", message=message)
    return CaseResult(label, visible=False, passed=True)


def _clear(times: list[float]) -> bool:
    """Whether the last time can be judged, or a larger input would take too long."""
    if len(times) == 1:
        return False
    if times[-1] >= LONG_SECONDS:
        return True
    small = times[-1 - SPAN] if len(times) > SPAN else 0.0
    return times[-1] >= CLEAR_SECONDS and small >= CLEAR_SMALL_SECONDS


def _judged(label: str, measure: _Measure, theirs: _Pair) -> CaseResult:
    large, own = theirs.large, measure.references(theirs.large)
    no_matter = measure.no_matter(large)
    for _ in range(MOST_ROUNDS):
        if theirs.after < no_matter or not measure.affords(theirs):
            break
        theirs = theirs.least(measure.pair(theirs.small, large))
        if abs(_above(theirs, own)) > MARGIN and abs(max(1.0, own.power) % 1 - BORDER) > MARGIN:
            break
        own = own.least(measure.references(large))
    if _above(theirs, own) <= 0 or theirs.after < no_matter:
        return CaseResult(label, visible=False, passed=True)
    message = (
        f"{large // theirs.small}x the input took {theirs.after / theirs.before:.0f}x the time "
        f"({_spoken(theirs.before)}, then {_spoken(theirs.after)})"
    )
    if 1.6 < theirs.power < 2.5:
        message += ": the work grows with the square of the input, as a loop over pairs does"
    return CaseResult(label, visible=False, passed=False, category="growth", message=message)


def _above(theirs: _Pair, own: _Pair) -> float:
    """How far the learner's power is above what is allowed."""
    return theirs.power - (_whole(own.power) + EXTRA_POWER)


def _spoken(seconds: float) -> str:
    return f"{seconds * 1e3:.{1 if seconds < 0.01 else 0}f} ms"


def _whole(power: float) -> int:
    """The whole power of n by which the reference grows: 1, 2, 3.

    Overhead and caches bend a linear reference to powers between 0.4 and 1.5, and a quadratic one
    to 1.8 or more, so the border is not half way.
    """
    return max(1, math.floor(power + 1 - BORDER))


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

    def sendable(self, n: int) -> bool:
        """Whether an input of this size can be sent at all: an author may have many columns."""
        return not holds_opaque(self.input(n).value)

    def reference(self, n: int) -> float:
        """CPU seconds of the reference: the least of a few runs, without the collector.

        Collecting, first touches of memory and cold caches only ever add time, and what they add
        would be allowed to the learner as growth.
        """
        best, spent = math.inf, 0.0
        for runs in range(1, MOST_REFERENCE_RUNS + 1):
            last = self._run(n)
            best, spent = min(best, last), spent + last
            enough = SHORT_REFERENCE_SECONDS if runs >= REFERENCE_RUNS else LONG_REFERENCE_SECONDS
            if spent > enough:
                break
        return best

    def no_matter(self, n: int) -> float:
        """So many seconds are no matter of growth, whatever their power."""
        received = math.inf
        for _ in range(REFERENCE_RUNS):
            started = time.thread_time()
            self.input(n).live()
            received = min(received, time.thread_time() - started)
        return KEEPS_UP * self.reference(n) + RECEIPT * received

    def references(self, large: int) -> _Pair:
        """The reference's times on a quarter of the size and, if it can be, on four times it."""
        small, larger = large // STEP, large * STEP
        if not self.sendable(larger):
            larger = large
        return _Pair(small, larger, self.reference(small), self.reference(larger))

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

    def affords(self, times: _Pair) -> bool:
        """Whether another pair leaves the submission well inside its limit: ours to keep."""
        another = SMALL_RUNS * times.before + times.after
        return self.used() + another < SHARE_OF_LIMIT * self.conversation.limits.cpu_seconds

    def pair(self, small: int, large: int) -> _Pair:
        """The child's times; the small one is cheap, so its least of several runs is taken."""
        before = min(self.child(small) for _ in range(SMALL_RUNS))
        return _Pair(small, large, before, self.child(large))

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
