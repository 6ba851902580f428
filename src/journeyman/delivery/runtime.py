"""An exported model, opened and asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.delivery import schema as schemas
from journeyman.errors import Invalid

Numbers = NDArray[np.float64]


def session(data: bytes, threads: int = 1) -> Any:
    """An onnxruntime session on the processor, silent."""
    ort: Any = import_module("onnxruntime")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # errors are raised as well
    return ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def runtime() -> str:
    """Name and version of the runtime in this process."""
    return f"onnxruntime {import_module('onnxruntime').__version__}"


@dataclass(frozen=True, slots=True)
class Model:
    """A model with its schema, ready to answer; safe to use from several threads.

    Attributes:
        sha256: Of ``model.onnx``.
    """

    schema: schemas.Schema
    session: Any
    sha256: str

    def answer(self, rows: Sequence[schemas.Row]) -> Numbers:
        """The output for rows, each checked against the schema: shape (rows, outputs).

        Raises:
            Invalid: naming the first wrong row and column.
        """
        return self.run(schemas.feeds(self.schema, rows))

    def run(self, feeds: dict[str, NDArray[Any]]) -> Numbers:
        """The output for the model's own inputs: shape (rows, outputs)."""
        (found,) = self.session.run([self.schema.output.name], feeds)
        return np.asarray(found, dtype=np.float64).reshape(len(found), -1)


def load(folder: Path) -> Model:
    """Open an export.

    Raises:
        NotFound: there is none.
        Invalid: the model is not the one that the schema was written for, or is damaged.
    """
    schema = schemas.read(folder)
    file = folder / "model.onnx"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read ({error.strerror}); export again.") from None
    found = hashlib.sha256(data).hexdigest()
    if found != schema.model:
        raise Invalid(f"{file} is not the model that schema.json describes; export again.")
    try:
        opened = session(data)
    except Exception as error:
        raise Invalid(
            f"{file} cannot be opened: {str(error).splitlines()[0]:.200}; export again."
        ) from error
    return Model(schema, opened, found)
