"""The process that opens a stranger's ONNX model: limits first, then the runtime."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

CPU_SECONDS = 540
MEMORY = 8 << 30


def confine() -> None:
    """Limit processor time, memory, and the size of what may be written."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))


def run(folder: Path) -> None:
    """Read ``model.onnx`` and ``inputs`` and write ``predictions.csv``."""
    import numpy as np  # noqa: PLC0415 - after the limits

    ort: Any = import_module("onnxruntime")
    from journeyman.proof.building import predictions_file  # noqa: PLC0415
    from journeyman.proof.rows import ids_of, table  # noqa: PLC0415

    options: Any = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session: Any = ort.InferenceSession(
        (folder / "model.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    rows = table((folder / "inputs").read_bytes(), "the inputs")
    ids = ids_of(rows, "the inputs")
    found = np.asarray(session.run(None, _feeds(session.get_inputs(), rows))[-1])
    if found.ndim == 2 and found.shape[1] in {1, 2}:
        found = found[:, -1]
    (folder / "predictions.csv").write_bytes(predictions_file(ids, found))


def _feeds(wanted: Any, rows: Any) -> dict[str, Any]:
    """The model's inputs: a matrix of all features, or a column for each."""
    import numpy as np  # noqa: PLC0415

    features = [name for name in rows.column_names if name != "id"]
    kinds = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(int64)": np.int64}
    if len(wanted) == 1 and wanted[0].name not in features:
        matrix = np.column_stack([rows.column(name).to_numpy() for name in features])
        return {wanted[0].name: matrix.astype(kinds[wanted[0].type])}
    feeds = {}
    for one in wanted:
        column = np.array(rows.column(one.name).to_pylist())[:, None]
        text = one.type == "tensor(string)"
        feeds[one.name] = column.astype(object) if text else column.astype(kinds[one.type])
    return feeds


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    confine()
    run(Path(sys.argv[1]))
