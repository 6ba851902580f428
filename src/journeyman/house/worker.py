"""A process of its own that fits one model on one fold after the other.

Started as ``python -m journeyman.house.worker IN OUT FOLDER BYTES`` with the numbers of two pipes:
orders come in, outcomes go out. It can be killed at any moment: what it writes is a file a model,
complete or absent. When the process that started it is gone, it removes the folder and ends.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import sys
import threading
import time
import warnings
from multiprocessing.connection import Connection
from pathlib import Path

from journeyman.house.fitting import TASK, Bench, Order, Outcome, load


def serve(orders: Connection, outcomes: Connection, folder: Path) -> None:
    """Fit what is ordered until the pipe ends."""
    waiting: queue.SimpleQueue[Order] = queue.SimpleQueue()

    def watch() -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                waiting.put(orders.recv())
        # The process that started us is gone or done; nobody else would clear the folder.
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    while not (folder / TASK).exists():
        time.sleep(0.02)  # the table is still being read; the libraries are there already
    bench = Bench(load(folder / TASK), folder)
    outcomes.send("ready")
    while True:
        order = waiting.get()
        try:
            outcome = bench.fit(order)
        except MemoryError:
            outcome = _failed(order, "it needs more memory than there is")
        except Exception as error:  # noqa: BLE001  # any model may fail; the run goes on
            text = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            outcome = _failed(order, f"it could not be fitted ({text})")
        outcomes.send(outcome)


def _failed(order: Order, trouble: str) -> Outcome:
    return Outcome(order.trial, order.fold, 0.0, trouble=trouble)


def main(arguments: list[str]) -> None:
    """Start with the pipes' numbers and the folder."""
    warnings.filterwarnings("ignore")  # convergence and the like: the score is the judge
    into, out, folder, memory = int(arguments[0]), int(arguments[1]), arguments[2], arguments[3]
    _limit(int(memory))
    serve(Connection(into, writable=False), Connection(out, readable=False), Path(folder))


def _limit(memory: int) -> None:
    """Fail inside Python (MemoryError) before the machine has to kill somebody."""
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


if __name__ == "__main__":
    main(sys.argv[1:])
