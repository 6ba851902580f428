"""Runs a stranger's ONNX model over its inputs, in a process of its own with limits.

Pickles, joblib files, PyTorch checkpoints and the like are never opened: loading one runs code.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from journeyman.errors import Invalid

LARGEST_MODEL = 512 << 20
LARGEST_INPUTS = 512 << 20
SECONDS = 600
_ONNX = b"\x08"  # the first field of an ONNX file is its version


def available() -> bool:
    """Whether ONNX models can be run here."""
    return find_spec("onnxruntime") is not None


def require_safe(model: bytes) -> None:
    """Refuse everything but ONNX, before anything looks inside.

    Raises:
        Invalid: another format.

    >>> import pickle
    >>> require_safe(pickle.dumps({}))
    Traceback (most recent call last):
    ...
    journeyman.errors.Invalid: The model is a pickle, which runs code when opened; export ONNX.
    """
    if model[:1] == b"\x80" or model[:2] in {b"PK", b"cn", b"(d", b"(l", b"cc", b"c_"}:
        raise Invalid("The model is a pickle, which runs code when opened; export ONNX.")
    if model[:1] != _ONNX:
        raise Invalid("The model is no ONNX file, and no other format is opened.")


def predictions(model: bytes, inputs: bytes) -> bytes:
    """Predictions of a model, as CSV with ``id``, ``p0``, ...

    Args:
        model: An ONNX file. Its inputs are the columns by name, or one matrix of all of them; its
            last output is what it predicts (probabilities: all classes, or the second of two).
        inputs: Parquet or CSV with ``id`` and the features.

    Raises:
        Invalid: the model does not run on these inputs, or takes more than its limits.
    """
    require_safe(model)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model.onnx").write_bytes(model)
        (folder / "inputs").write_bytes(inputs)
        command = [sys.executable, "-I", "-m", "journeyman.proof.inference_child", name]
        try:
            done = subprocess.run(  # noqa: S603 - our own program and our own arguments
                command, check=False, capture_output=True, timeout=SECONDS, cwd=name
            )
        except subprocess.TimeoutExpired as error:
            raise Invalid(f"The model did not finish within {SECONDS} seconds.") from error
        result = folder / "predictions.csv"
        if done.returncode or not result.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it crashed"]
            raise Invalid(f"The model does not run on its inputs ({said[-1][:300]}).")
        return result.read_bytes()
