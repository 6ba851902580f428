"""Exercises: code to implement, and the cases that it is called with.

``cases.py`` of an entry imports from here alone: ``from journeyman.core.exercise import Case``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from journeyman.core.item import Status

if TYPE_CHECKING:
    from numpy.random import Generator

Tier = Literal["numpy", "sklearn", "torch"]
Outcome = Literal["passed", "failed", "error", "limit", "forged", "rejected"]


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression evaluated inside the sandbox: how a case passes a function.

    >>> Case(args=(Code("lambda x: x ** 2"), 3.0)).args[0].source
    'lambda x: x ** 2'
    """

    source: str


@dataclass(frozen=True, slots=True)
class Call:
    """A method call on the object that the entry point returned, for exercises on classes."""

    method: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One call of the entry point and, for classes, the method calls that follow it.

    Attributes:
        label: What the case is about, shown even when the case itself is unseen.
        calls: With calls, the entry point makes an object that stays in the sandbox and each
            call's result is compared; a result that is the object itself or None is not.
        edge: Which edge this case covers ("n=1", "empty", "nan", "dtype", "ties", ...), or "".
        rtol, atol: Override the exercise's tolerances.
        raises: Name of the exception that a right solution raises here, or "".
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    calls: tuple[Call, ...] = ()
    edge: str = ""
    rtol: float | None = None
    atol: float | None = None
    raises: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one grading may use: processor seconds, wall seconds and megabytes."""

    cpu_seconds: float = 5.0
    wall_seconds: float = 10.0
    memory_mb: int = 512


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise as the catalogue knows it; its code is loaded when it is graded."""

    slug: str
    uuid: str
    version: int
    title: str
    entry: str
    tier: Tier
    skills: Mapping[str, float]
    difficulty: float = 0.0
    minutes: float = 20.0
    limits: Limits = Limits()
    rtol: float = 1e-6
    atol: float = 1e-8
    hints: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    causes: Mapping[str, str] = field(default_factory=dict)
    status: Status = "active"
    sha256: str = ""

    @property
    def home(self) -> str:
        """The skill with the largest weight (the first listed among equals)."""
        return max(self.skills, key=self.skills.__getitem__)


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The trusted half of an exercise: never enters the process that runs learner code.

    Attributes:
        reference: The reference's function or class of the exercise's entry name.
        example: Visible cases, always the same.
        hidden: Unseen cases from a per-attempt generator.
        performance: One call of size ``n`` for the growth check, or None where growth is not
            checked.
    """

    reference: Callable[..., Any]
    example: Callable[[], Sequence[Case]]
    hidden: Callable[[Generator], Sequence[Case]]
    performance: Callable[[Generator, int], Case] | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What happened on one case.

    ``input``, ``expected`` and ``got`` are text for people, filled for visible cases only.
    """

    label: str
    visible: bool
    passed: bool
    category: str = ""
    message: str = ""
    cause: str = ""
    input: str = ""
    expected: str = ""
    got: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one submission of code.

    Attributes:
        verdict: passed; failed (ran, wrong results); error (raised or did not load); limit (time,
            memory, output); forged (tried to answer in the judge's place); rejected (not graded:
            too large, not text).
        category: type, shape, dtype, nan, value, exception, syntax, time, memory, ... or "".
        message: One or two sentences about the learner's OWN output.
        cause: A likely cause found by trying it, or "".
        line: Line of the learner's file that matters, if any.
        isolation: full, good or limits-only: how strongly the code was confined.
        advice: Advisory notes that do not change the verdict (forbidden calls found, ...).
    """

    verdict: Outcome
    category: str = ""
    message: str = ""
    cause: str = ""
    line: int | None = None
    cases: tuple[CaseResult, ...] = ()
    stdout: str = ""
    traceback: tuple[tuple[int, str, str], ...] = ()
    isolation: str = ""
    cpu_ms: float = 0.0
    wall_ms: float = 0.0
    advice: tuple[str, ...] = ()
    figures: tuple[bytes, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every case passed."""
        return self.verdict == "passed"

    @property
    def score(self) -> float:
        """Share of cases passed, in [0, 1]; 1.0 only when the verdict is ``passed``."""
        if self.passed:
            return 1.0
        if not self.cases:
            return 0.0
        return min(sum(case.passed for case in self.cases) / len(self.cases), 0.99)
