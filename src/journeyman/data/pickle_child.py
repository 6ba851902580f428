"""The child that reads one pickled frame: confined first, then an unpickler that knows few names.

Reads the pickle from standard input and writes an Arrow stream to standard output.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from journeyman.data.pickles import REFUSED

_MEMORY = 2 << 30  # bytes on top of what the interpreter holds; the largest frame needs a tenth
_CPU_SECONDS = 240.0
_NAMES = {
    ("builtins", "slice"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("pandas", "DataFrame"),  # pandas 3 writes the public names
    ("pandas", "Index"),
    ("pandas", "RangeIndex"),
    ("pandas._libs.internals", "_unpickle_block"),
    ("pandas.core.frame", "DataFrame"),
    ("pandas.core.indexes.base", "Index"),
    ("pandas.core.indexes.base", "_new_Index"),
    ("pandas.core.indexes.range", "RangeIndex"),
    ("pandas.core.internals.managers", "BlockManager"),
}
# NumPy 2 moved its internals; pickles made before name the old place.
_ARRAYS = {("core.multiarray", "_reconstruct"), ("core.numeric", "_frombuffer")}


class Refused(Exception):  # noqa: N818 - what happened, not an error of the program
    """The pickle names something that a data frame has no need of."""


class FrameUnpickler(pickle.Unpickler):
    """Rebuilds a frame of numbers and texts, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The object of that name, where it is one of the few.

        Raises:
            Refused: where it is not.
        """
        for prefix in ("numpy.", "numpy._"):
            if (module.removeprefix(prefix), name) in _ARRAYS:
                return super().find_class(f"numpy._{module.removeprefix(prefix)}", name)
        if (module, name) not in _NAMES:
            raise Refused(f"it names {module}.{name}")
        return super().find_class(module, name)


def confine() -> None:
    """Give up files, network, processes and privileges for good. Linux; elsewhere nothing."""
    if sys.platform != "linux":
        return
    from journeyman.sandbox import kernel, landlock, seccomp  # noqa: PLC0415 - Linux only
    from journeyman.sandbox.isolation import probe  # noqa: PLC0415
    from journeyman.sandbox.tiers import readable_roots  # noqa: PLC0415

    layers = probe()
    base = kernel.memory_in_use()  # both of these read files that are out of reach afterwards
    program = seccomp.Filter() if layers["seccomp"] else None
    kernel.carry_out([kernel.no_new_privileges()])
    if layers["no_new_privs"]:
        kernel.carry_out([kernel.no_capabilities()])
    if layers["landlock"]:
        landlock.Ruleset(readable_roots()).restrict()
    if layers["rlimits"]:
        kernel.limit(_CPU_SECONDS, _MEMORY, base)
    if program is not None:
        program.load()


def warm() -> None:
    """Rebuild and write a frame before the doors close, so that every import is done."""
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, np.nan]})
    stream(frame.astype({"b": object}), io.BytesIO())
    pickle.loads(pickle.dumps(frame))  # noqa: S301 - our own


def stream(frame: pd.DataFrame, out: BinaryIO) -> None:
    """Write ``frame`` without its index as an Arrow stream."""
    table = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)


def main() -> None:
    """Confine this process, then read, rebuild and write."""
    pa.set_cpu_count(1)
    warm()
    confine()
    content = sys.stdin.buffer.read()
    try:
        frame = FrameUnpickler(io.BytesIO(content)).load()
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(REFUSED)
    if not isinstance(frame, pd.DataFrame):
        sys.stderr.write(f"it holds a {type(frame).__name__}, not a data frame\n")
        sys.exit(REFUSED)
    stream(frame, sys.stdout.buffer)
