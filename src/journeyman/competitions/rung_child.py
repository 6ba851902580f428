"""Runs one baseline of the house and measures it: a process of its own, started by house_field.

``python -m journeyman.competitions.rung_child FILE HOME OUT``

A baseline may start processes itself (a house run does): their seconds and their memory count too.
They end when this process does, since they wait on a pipe from it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

import pandas as pd

from journeyman.competitions.preparing import load_module

TICK = 0.1
"""Seconds between looks at the memory of processes that the baseline has started."""


def main(arguments: list[str]) -> None:
    """Fit and predict, then write ``OUT.parquet`` and ``OUT.json``."""
    file, home, out = arguments
    train = pd.read_parquet(Path(home) / "train.parquet")
    test = pd.read_parquet(Path(home) / "test.parquet")
    memory = Memory()
    memory.start()
    started, on_processor = time.perf_counter(), processor_seconds()
    found = load_module(Path(file)).fit_predict(train, test)
    cost = {
        "seconds": round(time.perf_counter() - started, 3),
        "processor_seconds": round(processor_seconds() - on_processor, 3),
        "peak_mb": round(memory.peak() / 1e6, 1),
    }
    found.to_parquet(Path(out).with_suffix(".parquet"), index=False)
    Path(out).with_suffix(".json").write_text(json.dumps(cost), "utf-8")


def processor_seconds() -> float:
    """Seconds on a processor of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Memory(threading.Thread):
    """The most bytes that this process and all below it have held at one time.

    On Linux this process's own peak is the kernel's account; for the processes below it the memory
    that is theirs alone is looked at ten times a second and added. Elsewhere the largest of them
    stands for all.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._together = 0

    def run(self) -> None:
        """Look again and again; ends with the process."""
        while True:
            below = [_status(one, ("RssAnon", "RssShmem")) for one in _below(os.getpid())]
            if below:
                here = _status(os.getpid(), ("VmRSS",))
                self._together = max(self._together, here + sum(below))
            time.sleep(TICK)

    def peak(self) -> int:
        """Bytes until now; 0 where the system does not tell."""
        # ``ru_maxrss`` would begin, on Linux, with the size of the process that started this one.
        return max(self._together, _status(os.getpid(), ("VmHWM",)) or _peak_elsewhere())


def _peak_elsewhere() -> int:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return unit * sum(int(resource.getrusage(one).ru_maxrss) for one in who)


def _status(process: int, names: tuple[str, ...]) -> int:
    """Bytes under these names of ``/proc``; 0 for a process that is gone, or without ``/proc``."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    pairs = (line.split(":") for line in lines if ":" in line)
    return sum(int(value.split()[0]) * 1024 for name, value, *_ in pairs if name in names)


def _below(process: int) -> list[int]:
    """The processes that this one has started, and those that they have started."""
    found: list[int] = []
    waiting = [process]
    while waiting:
        for file in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                children = [int(one) for one in file.read_text("ascii").split()]
            except OSError:  # it ended meanwhile
                continue
            found += children
            waiting += children
    return found


def end_with_parent() -> None:
    """End this process as soon as the other end of its standard input is gone."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    end_with_parent()
    main(sys.argv[1:])
