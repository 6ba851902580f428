"""The workers as one crew: orders out, outcomes in, and a stop that always stops."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Self

from journeyman.house.fitting import Order, Outcome

TOO_LONG = "it took longer than its share of the time"
STARTS = 8
"""Workers started anew at most after deaths; more than this means that the machine is unwell."""


@dataclass
class Worker:
    """One process and its two pipes."""

    process: subprocess.Popen[bytes]
    orders: Connection
    outcomes: Connection
    order: Order | None = None
    since: float = 0.0
    limit: float = float("inf")
    ready: bool = False

    def give(self, order: Order, limit: float) -> None:
        """Start an order; ``limit`` is the instant (monotonic) by which it must be done."""
        self.order, self.since, self.limit = order, time.monotonic(), limit
        self.orders.send(order)

    def stop(self) -> None:
        """Kill the process and everything that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.orders.close()
        self.outcomes.close()


class Crew:
    """A fixed number of workers on one folder.

    Use as a context manager: on leaving, by whatever way, no worker is left.
    """

    def __init__(self, folder: Path, count: int, memory: int) -> None:
        self.folder = folder
        self.memory = memory
        self.deaths = 0
        self.workers = [self._start() for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop every worker; safe to call twice."""
        for worker in self.workers:
            worker.stop()
        self.workers = []

    def idle(self) -> list[Worker]:
        """Workers that have started and have no order."""
        return [worker for worker in self.workers if worker.ready and worker.order is None]

    def busy(self) -> bool:
        """Whether anything is being fitted, or a worker is about to be ready for it."""
        return any(worker.order is not None or not worker.ready for worker in self.workers)

    def collect(self, until: float) -> list[Outcome]:
        """Outcomes as soon as there are any, or none at ``until`` (monotonic).

        An order past its limit is ended with its worker, and a worker that died is replaced.
        """
        limits = [worker.limit for worker in self.workers if worker.order is not None]
        patience = max(0.0, min([until, *limits]) - time.monotonic())
        ready = wait([worker.outcomes for worker in self.workers], patience)
        found = [self._receive(worker) for worker in list(self.workers) if worker.outcomes in ready]
        now = time.monotonic()
        late = [one for one in self.workers if one.order is not None and now >= one.limit]
        found += [self._replace(one, TOO_LONG) for one in late]
        return [outcome for outcome in found if outcome is not None]

    def _receive(self, worker: Worker) -> Outcome | None:
        try:
            outcome = worker.outcomes.recv()
        except (EOFError, OSError):
            return self._replace(worker, "its process died, most likely for want of memory")
        worker.order, worker.limit = None, float("inf")
        if isinstance(outcome, Outcome):
            return outcome
        worker.ready = True  # its libraries are read: that takes seconds, and is nobody's share
        return None

    def _replace(self, worker: Worker, trouble: str) -> Outcome | None:
        order, seconds = worker.order, time.monotonic() - worker.since
        worker.stop()
        self.workers.remove(worker)
        self.deaths += 1
        if self.deaths <= STARTS:
            self.workers.append(self._start())
        if order is None:
            return None
        return Outcome(order.trial, order.fold, seconds, trouble=trouble)

    def abandon(self) -> None:
        """Give up whatever is being fitted; the crew keeps its number."""
        for worker in [one for one in self.workers if one.order is not None]:
            self._replace(worker, "")

    def _start(self) -> Worker:
        order_read, order_write = os.pipe()
        outcome_read, outcome_write = os.pipe()
        single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        paths = os.pathsep.join(path for path in sys.path if path)
        with (self.folder / "workers.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                [sys.executable, "-m", "journeyman.house.worker",
                 str(order_read), str(outcome_write), str(self.folder), str(self.memory)],
                pass_fds=(order_read, outcome_write),
                env={**os.environ, **single, "PYTHONPATH": paths},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                process_group=0,  # Ctrl-C is for us to hear; the share of the machine stays one
            )  # fmt: skip
        os.close(order_read)
        os.close(outcome_write)
        return Worker(
            process,
            Connection(order_write, readable=False),
            Connection(outcome_read, writable=False),
        )
