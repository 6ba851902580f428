"""Turns a pickled data frame into a table without letting the pickle run code.

Loading a pickle calls whatever it names. Two walls stand between that and the user's machine:

1. The child's unpickler knows a dozen names, those that rebuild a pandas frame of numbers and
   texts. Every other name ends it.
2. On Linux the child has, before it sees the first byte, given up privileges, files (Landlock),
   the network and new processes (seccomp), with the parts of the grading jail. A flaw in
   NumPy's or pandas' own rebuilding code meets those.

The grading engine itself is not used: it passes arguments and results of learners' functions, at
most a few MiB each, and one of these frames has 48. Where the kernel offers no confinement (macOS,
Windows) the first wall stands alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa

from journeyman.errors import Unavailable

REFUSED = 4
_SECONDS = 300.0
_BOOT = (
    "import os, sys; sys.path[:] = sys.argv[1].split(os.pathsep); "
    "from journeyman.data.pickle_child import main; main()"
)


def table_of_pickle(content: bytes) -> pa.Table:
    """The data frame in ``content`` as an Arrow table, index left out.

    Raises:
        Unavailable: it is no pickled frame, or it names anything but a frame's own parts.
    """
    # The libraries of this process, wherever they lie; never the folder that it was started in.
    source = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
    environment = {
        **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",  # the other allocators start a thread
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-B", "-c", _BOOT, source],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable("Reading the pickle took longer than five minutes.") from error
    if done.returncode == 0:
        return pa.ipc.open_stream(done.stdout).read_all()
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
    if done.returncode == REFUSED:
        raise Unavailable(f"The pickle was refused: {said[0]}.")
    raise Unavailable(f"The pickle cannot be read (status {done.returncode}: {said[0]}).")
