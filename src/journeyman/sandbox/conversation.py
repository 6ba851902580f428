"""The judge's half of a conversation with one confined child: who may say what, and how long.

Every limit is kept here, from outside: a child cannot argue with it.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from journeyman.core.exercise import Limits
from journeyman.errors import Unavailable
from journeyman.sandbox import wire
from journeyman.sandbox.decode import Malformed
from journeyman.sandbox.harness import SETUP_FAILED
from journeyman.sandbox.runner import Link, Step

KEPT_OUTPUT = 64 << 10
MAX_OUTPUT = 8 << 20
MUCH_OUTPUT = 1 << 20  # whoever prints so much is not asleep
MAX_SCRATCH = 64 << 20
_TICK = 0.05  # seconds between looks at the child's use of processor and disk


class Stopped(Exception):  # noqa: N818 - an outcome, not an error of ours
    """The child is at its end: a limit, a crash, or an answer in the judge's place.

    Attributes:
        verdict: ``limit``, ``error`` or ``forged``.
        category: ``time``, ``memory``, ``output``, ``disk``, ``exit``, ``crash`` or ``forged``.
    """

    def __init__(self, verdict: str, category: str, message: str) -> None:
        super().__init__(message)
        self.verdict = verdict
        self.category = category
        self.message = message


class Conversation:
    """Asks a child one thing at a time and never waits for ever.

    Args:
        link: The live child.
        limits: Processor, wall and memory limits of the whole submission.
    """

    def __init__(self, link: Link, limits: Limits) -> None:
        self.link = link
        self.limits = limits
        self.output = bytearray()
        self.printed = 0
        self.started = time.monotonic()
        self.answered = 0

    def ask(self, operation: str, value: Any = None, **details: Any) -> tuple[dict[str, Any], Any]:
        """Send a request and return the child's claim: its header and value.

        Raises:
            Stopped: if the child breaks a limit, ends, or sends what the harness would not.
            Unavailable: if the child never came up, which is our failure.
        """
        turn = secrets.token_hex(8)
        meta = {"op": operation, "turn": turn, **details}
        received = self._exchange(memoryview(wire.frame(meta, value)))
        try:
            answer, claim = wire.read(received)
        except Malformed as error:
            raise _forged() from error
        if answer.get("turn") != turn:
            raise _forged()
        self.answered += 1
        return answer, claim

    def _exchange(self, outgoing: memoryview) -> bytearray:
        # What lies in the channel already cannot know this question's number: it will be told.
        received = bytearray()
        next_look = time.monotonic() + _TICK
        while True:
            step = self.link.step(outgoing, _TICK)
            outgoing = outgoing[step.sent :]
            self._collect(step)
            if step.received == b"":
                raise self._ended()
            if step.received:
                received += step.received
                if self._complete(received):
                    if outgoing:
                        raise _forged()
                    return received
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + _TICK
                self._look()

    @staticmethod
    def _complete(received: bytearray) -> bool:
        try:
            missing = wire.missing_bytes(received)
        except Malformed as error:
            raise _forged() from error
        if missing < 0:
            raise _forged()
        return missing == 0

    def _collect(self, step: Step) -> None:
        self.printed += len(step.printed)
        self.output += step.printed[: max(0, KEPT_OUTPUT - len(self.output))]
        if self.printed > MAX_OUTPUT:
            raise Stopped("limit", "output", "Your code printed more than 8 MB and was stopped.")

    def settle(self) -> str:
        """Everything printed so far, as text; call it before the first unseen input is sent."""
        self._collect(Step(printed=self.link.settle()))
        return self.output.decode("utf-8", "replace")

    def _look(self) -> None:
        """Hold the child to its limits of time and disk."""
        usage = self.link.usage()
        limits = self.limits
        if usage is not None and usage.cpu > limits.cpu_seconds:
            raise _too_slow(limits)
        # Time that the child was ready but the machine was busy is not the learner's.
        wall = time.monotonic() - self.started - (usage.waiting if usage else 0.0)
        if wall > limits.wall_seconds:
            message = f"Your code did not finish within {limits.wall_seconds:g} seconds."
            if self.printed > MUCH_OUTPUT:
                raise Stopped("limit", "output", f"{message} It printed {self.printed:,} bytes.")
            busy = usage is None or usage.cpu > 0.5 * limits.wall_seconds
            waits = f"{message} It may be sleeping or waiting for something that never comes."
            raise _too_slow(limits) if busy else Stopped("limit", "time", waits)
        if self.link.scratch_bytes() > MAX_SCRATCH:
            raise Stopped("limit", "disk", "Your code wrote more than 64 MB of files.")

    def _ended(self) -> Stopped:
        """Why the channel closed, as far as the kernel tells."""
        ending = self.link.end()
        if ending.status == SETUP_FAILED and not self.answered:
            text = self.output.decode("utf-8", "replace").strip()[:300]
            raise Unavailable(f"The sandbox could not confine a process ({text}); not counted.")
        if ending.cpu >= self.limits.cpu_seconds:
            return _too_slow(self.limits)
        if ending.signal in {None, 9}:
            message = "Your code ended the program before it returned a result (exit, os._exit?)."
            return Stopped("error", "exit", message)
        message = f"Your code crashed the interpreter ({_signal_name(ending.signal)})."
        return Stopped("error", "crash", message)


def _signal_name(number: int | None) -> str:
    names = {
        11: "segmentation fault",
        6: "abort",
        31: "forbidden system call",
        4: "bad instruction",
    }
    return names.get(number or 0, f"signal {number}")


def _forged() -> Stopped:
    message = "The answer did not come from the function call that was asked for."
    return Stopped("forged", "forged", message)


def _too_slow(limits: Limits) -> Stopped:
    message = (
        f"Your code used more than {limits.cpu_seconds:g} seconds of processor time. "
        "Look for a loop that never ends, or for work that grows faster than the input."
    )
    return Stopped("limit", "time", message)
