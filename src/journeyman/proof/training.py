"""Runs a stranger's training code in the sandbox, which has no network and sees no label of a test.

The contract is that of competitions: a file with ``fit(X, y)`` and ``predict(X)``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from journeyman.core.exercise import Limits
from journeyman.errors import Invalid
from journeyman.proof.building import predictions_file
from journeyman.proof.rows import ids_of, table
from journeyman.sandbox import Sandbox
from journeyman.sandbox import values as v
from journeyman.sandbox.conversation import Conversation, Stopped

LONGEST_CODE = 64 * 1024
LARGEST_TABLE = 512 << 20
LIMITS = Limits(cpu_seconds=900.0, wall_seconds=1800.0, memory_mb=4096)
_CHUNK = 32 << 20
_UNPACK = """

_journeyman_parts = {}

def _journeyman_take(name, part):
    _journeyman_parts.setdefault(name, []).append(part)

def _journeyman_table(name):
    import pyarrow as _pa
    stream = _pa.ipc.open_stream(_pa.py_buffer(b"".join(_journeyman_parts.pop(name))))
    return stream.read_all().to_pandas(use_threads=False)

def _journeyman_fit():
    table = _journeyman_table("train")
    target = table.pop(table.columns[-1])
    fit(table, target)

def _journeyman_predict():
    import numpy as _np
    return _np.asarray(predict(_journeyman_table("test")), dtype=float)
"""


def predictions(code: bytes, train: bytes, inputs: bytes) -> tuple[bytes, float]:
    """Fit on ``train`` and predict ``inputs``; the predictions as CSV, and processor seconds.

    Args:
        code: Python with ``fit(X, y)`` and ``predict(X)``.
        train: Features, and the target as the last column; an ``id`` column is left out.
        inputs: ``id`` and the features.

    Raises:
        Invalid: the code fails, breaks a limit, or predicts no numbers.
        Unavailable: the sandbox fails.
    """
    learnt, asked = table(train, "the training table"), table(inputs, "the inputs")
    ids = ids_of(asked, "the inputs")
    sandbox = _Room()
    try:
        found = sandbox.run(_text(code), _without_id(learnt), _without_id(asked))
    except Stopped as stopped:
        raise Invalid(f"The code does not run again: {stopped.message}") from stopped
    finally:
        sandbox.close()
    given = np.asarray(found.data if isinstance(found, v.Array) else found, dtype=np.float64)
    if given.ndim not in {1, 2} or len(given) != len(ids):
        raise Invalid("The code predicts something else than a number for each row.")
    return predictions_file(ids, given), sandbox.cpu_seconds


def _text(code: bytes) -> str:
    try:
        return code.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The code is not UTF-8 text.") from error


def _without_id(found: pa.Table) -> pa.Table:
    return found.drop_columns(["id"]) if "id" in found.column_names else found


class _Room(Sandbox):
    """A sandbox in which one file is talked to, step by step."""

    cpu_seconds = 0.0

    def run(self, code: str, train: pa.Table, test: pa.Table) -> Any:
        """Load, fit, predict."""
        runner = self._acquire("sklearn")
        try:
            link = runner.start(LIMITS)
            try:
                talk = Conversation(link, LIMITS)
                _asked(talk, "parse", source=code + _UNPACK, forbidden=[])
                _asked(talk, "run", entry="fit")
                _send(talk, "train", train)
                _asked(talk, "call", [[], {}], name="_journeyman_fit", drop=True)
                _send(talk, "test", test)
                return _asked(talk, "call", [[], {}], name="_journeyman_predict")
            finally:
                self.cpu_seconds += link.end().cpu
        finally:
            self._release("sklearn")


def _asked(talk: Conversation, operation: str, value: Any = None, **details: Any) -> Any:
    answer, found = talk.ask(operation, value, **details)
    if "error" in answer:
        said = str(answer.get("message", answer["error"]))[:300]
        raise Invalid(f"The code does not run again: {said}.")
    return found


def _send(talk: Conversation, name: str, rows: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    data = sink.getvalue().to_pybytes()
    for start in range(0, len(data), _CHUNK):
        part = data[start : start + _CHUNK]
        _asked(talk, "call", [[name, part], {}], name="_journeyman_take")
