"""Runs a learner's code in the sandbox, one call at a time, for competitions.

The judge keeps the labels and the environment; the child gets tables as Arrow bytes and answers
with arrays. The code that unpacks them there is appended to the learner's own file: it shares the
learner's process, and nothing that it says is believed beyond being an array of a certain length.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from journeyman.core.exercise import Limits, Tier
from journeyman.errors import Invalid, JourneymanError, TooLarge
from journeyman.sandbox import Sandbox, feedback
from journeyman.sandbox import values as v
from journeyman.sandbox.conversation import Conversation, Stopped
from journeyman.scoring.metric import Numbers

LONGEST_CODE = 64 * 1024
LIMITS = Limits(cpu_seconds=300.0, wall_seconds=600.0, memory_mb=4096)
_CHUNK = 32 << 20


class CodeFellShort(JourneymanError):  # noqa: N818 - the learner's code, not an error of ours
    """The learner's code does not do what the competition asks for."""

    status = 422
    exit_code = 1


HELD = """

def _journeyman_held(names):
    return [name for name in names if callable(globals().get(name))]
"""
UNPACK = """

def _journeyman_table(parts):
    import pyarrow as _pa
    stream = _pa.ipc.open_stream(_pa.py_buffer(b"".join(parts)))
    return stream.read_all().to_pandas(use_threads=False)

_journeyman_parts = {}

def _journeyman_take(name, part):
    _journeyman_parts.setdefault(name, []).append(part)

def _journeyman_fit():
    table = _journeyman_table(_journeyman_parts.pop("train"))
    target = table.pop(table.columns[-1])
    fit(table, target)

def _journeyman_predict():
    import numpy as _np
    found = predict(_journeyman_table(_journeyman_parts.pop("test")))
    found = _np.asarray(found)
    return found.astype(str) if found.dtype.kind == "O" else found
"""
"""What is appended to code with ``fit`` and ``predict``."""


class Arena(Sandbox):
    """A sandbox whose children are talked to step by step instead of being graded by cases."""

    @contextmanager
    def child(self, code: str, entries: tuple[str, ...], *, tier: Tier = "sklearn",
              limits: Limits = LIMITS, appended: str = UNPACK) -> Iterator[Child]:  # fmt: skip
        """A confined process that has loaded ``code``.

        Raises:
            CodeFellShort: the code does not load or lacks one of ``entries``.
            Unavailable: the sandbox fails; never counted.
        """
        runner = self._acquire(tier)
        try:
            link = runner.start(limits)
            try:
                child = Child(Conversation(link, limits), limits)
                child.load(code, entries, appended)
                yield child
            finally:
                link.end()
        finally:
            self._release(tier)


class Child:
    """One confined process with a learner's code in it."""

    def __init__(self, conversation: Conversation, limits: Limits) -> None:
        self.conversation = conversation
        self.limits = limits

    def load(self, code: str, entries: tuple[str, ...], appended: str) -> None:
        """Parse and run the file."""
        answer, _ = self.ask("parse", source=code + HELD + appended, forbidden=[])
        self._refuse(answer, "Your file is not valid Python: ")
        answer, _ = self.ask("run", entry=entries[0])
        self._refuse(answer, "When your file is loaded, ")
        held = self.call("_journeyman_held", list(entries), doing="When your file is loaded")
        lacking = [one for one in entries if not isinstance(held, list) or one not in held]
        if lacking:
            raise CodeFellShort(f"Your file does not define {' and '.join(lacking)}.")

    def call(self, name: str, *args: Any, doing: str, drop: bool = False) -> Any:
        """Call a function of the file; its result as a record of ``sandbox.values``.

        Raises:
            CodeFellShort: it raises, or breaks a limit.
        """
        details = {"drop": True} if drop else {}
        answer, value = self.ask("call", [list(args), {}], name=name, **details)
        self._refuse(answer, f"{doing}, ")
        return value

    def send(self, name: str, table: pd.DataFrame) -> None:
        """Hand over a table, in parts that a message can carry."""
        sink = pa.BufferOutputStream()
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        with pa.ipc.new_stream(sink, arrow.schema) as stream:
            stream.write_table(arrow)
        data = sink.getvalue().to_pybytes()
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            self.call("_journeyman_take", name, part, doing="While it takes the data")

    def ask(self, operation: str, value: Any = None, **details: Any) -> tuple[dict[str, Any], Any]:
        """One question and its answer; a broken limit is the learner's code falling short."""
        try:
            return self.conversation.ask(operation, value, **details)
        except Stopped as stopped:
            raise CodeFellShort(stopped.message) from stopped

    def _refuse(self, answer: dict[str, Any], opening: str) -> None:
        if "error" not in answer:
            return
        category = feedback.error_category(answer)
        frames = feedback.frames_of(answer)
        line = feedback.line_of(frames)
        where = f" (line {line})" if line else ""
        if category == "syntax":
            words = feedback.text_of(answer.get("message"), 300)
        else:
            words = feedback.error_words(answer, self.limits.memory_mb)
        raise CodeFellShort(f"{opening}{words.rstrip('.')}{where}.")


def code_text(source: bytes) -> str:
    """A learner's file as text.

    Raises:
        Invalid: it is no text or empty.
        TooLarge: it has more than 64 KiB.
    """
    if len(source) > LONGEST_CODE:
        raise TooLarge(
            f"The code has {len(source):,} bytes; a competition takes at most {LONGEST_CODE:,}, so "
            "that nobody can hide a table of answers in it."
        )
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The file is not UTF-8 text, so it cannot be Python.") from error
    if not text.strip() or "\0" in text:
        raise Invalid("The file holds no Python code.")
    return text


def column_array(value: Any, rows: int) -> Numbers:
    """What ``predict`` returned, as an array with a row for each test row.

    Raises:
        CodeFellShort: it is anything else.
    """
    data = value.data if isinstance(value, v.Array) else None
    if data is None:
        kind = value.type if isinstance(value, v.Opaque) else type(value).__name__
        raise CodeFellShort(f"predict should return an array; it returns {kind}.")
    if data.ndim not in {1, 2} or len(data) != rows:
        raise CodeFellShort(
            f"predict should return {rows:,} values, one for each row; it returns an array of the "
            f"shape {data.shape}."
        )
    found: Numbers = np.asarray(data)
    return found
