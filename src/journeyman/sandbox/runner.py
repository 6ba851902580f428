"""What a runner is: where confined children come from, and the judge's end of one.

``self_check`` is the contract that every runner passes; the entry-point group
``journeyman.runners`` names further ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from journeyman.core.exercise import Limits
from journeyman.errors import Unavailable


class Gone(Unavailable):
    """The process that children come from is not there: worth one try with a fresh one."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened in one wait: bytes sent, received (b"" = closed) and printed."""

    sent: int = 0
    received: bytes | None = None
    printed: bytes = b""


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds on a processor, and seconds spent ready but waiting for one."""

    cpu: float
    waiting: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: exit status or None, signal number or None, CPU seconds."""

    status: int | None
    signal: int | None
    cpu: float


class Link(Protocol):
    """A live child, as a runner gives it to the judge."""

    def step(self, outgoing: memoryview, seconds: float) -> Step:
        """Send what fits and wait for news, at most ``seconds``."""

    def settle(self) -> bytes:
        """What was printed before the last reply and has not been handed over yet."""

    def usage(self) -> Usage | None:
        """What the child has used so far, read from outside; None where that cannot be read."""

    def scratch_bytes(self) -> int:
        """Bytes in the child's scratch directory."""

    def end(self) -> Ending:
        """Kill the child, wait for its end, remove its scratch. Safe to call twice."""


class Runner(Protocol):
    """Holds warm processes and starts confined children from them."""

    @property
    def alive(self) -> bool:
        """Whether it can still start children."""

    def start(self, limits: Limits) -> Link:
        """A live child that has seen no learner code yet.

        Raises:
            Unavailable: if that is not possible; never the learner's fault.
        """

    def close(self) -> None:
        """End every process of it."""
