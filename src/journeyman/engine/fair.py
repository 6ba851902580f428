"""A queue that is fair between owners, bounded, and never leaves a job waiting for ever."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from journeyman.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")
MOST_WAITING = 10_000
DEADLINE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the queue holds at one instant."""

    waiting: int
    running: int
    done: int
    waiting_by_owner: dict[str, int]


@dataclass(slots=True)
class _Job:
    future: Future[Any]
    work: Callable[[], Any]
    expires: float


class FairExecutor(Executor):
    """Runs jobs on threads, one owner after the other.

    An owner who hands in a thousand jobs delays another owner's single job by one round only. Each
    job is a plain ``Future``: ``cancel`` works while it waits, and its state can be asked at any
    time. The work itself must be bounded (the sandbox bounds every grading by its wall limit).

    Args:
        workers: Threads; the number of cores by default.
        most_waiting: How many jobs may wait; one more is refused.
        deadline_seconds: A job that waited longer fails with ``Unavailable`` instead of running.

    >>> with FairExecutor(1) as executor:
    ...     executor.submit(pow, 2, 10).result()
    1024
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        most_waiting: int = MOST_WAITING,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._most = most_waiting
        self._deadline = deadline_seconds
        self._waiting: OrderedDict[str, deque[_Job]] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        self._running = 0
        self._done = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"journeyman-{i}", daemon=True)
            for i in range(workers or os.cpu_count() or 1)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call for nobody in particular."""
        return self.submit_for("", lambda: fn(*args, **kwargs))

    def submit_for(
        self, owner: str, work: Callable[[], T], *, deadline_seconds: float | None = None
    ) -> Future[T]:
        """Queue ``work`` for ``owner``.

        Raises:
            Unavailable: too many jobs wait already, or the queue is closed.
        """
        future: Future[T] = Future()
        seconds = self._deadline if deadline_seconds is None else deadline_seconds
        with self._changed:
            if self._closed:
                raise Unavailable("Grading is being shut down; nothing is counted.")
            if self._count() >= self._most:
                raise Unavailable(
                    f"{self._most:,} submissions wait already; try again in a minute. Nothing is "
                    "counted."
                )
            job = _Job(future, work, time.monotonic() + seconds)
            self._waiting.setdefault(owner, deque()).append(job)
            self._changed.notify()
        return future

    def state(self) -> Snapshot:
        """How many jobs wait, run and are done."""
        with self._changed:
            owners = {owner: len(jobs) for owner, jobs in self._waiting.items()}
            return Snapshot(self._count(), self._running, self._done, owners)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; finish what waits, or cancel it."""
        with self._changed:
            self._closed = True
            if cancel_futures:
                for jobs in self._waiting.values():
                    for job in jobs:
                        job.future.cancel()
                self._waiting.clear()
            self._changed.notify_all()
        if wait:
            for thread in self._threads:
                thread.join()

    def _count(self) -> int:
        return sum(len(jobs) for jobs in self._waiting.values())

    def _next(self) -> _Job | None:
        """The next job of the owner whose turn it is; None when closed and empty."""
        with self._changed:
            while not self._waiting:
                if self._closed:
                    return None
                self._changed.wait()
            owner, jobs = self._waiting.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._waiting[owner] = jobs  # behind everybody else
            self._running += 1
            return job

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                _run(job)
            finally:
                with self._changed:
                    self._running -= 1
                    self._done += 1


def _run(job: _Job) -> None:
    if not job.future.set_running_or_notify_cancel():
        return
    if time.monotonic() > job.expires:
        message = "This submission waited too long for its turn; hand it in again. Nothing counts."
        job.future.set_exception(Unavailable(message))
        return
    try:
        result = job.work()
    except BaseException as error:  # noqa: BLE001 - the waiting side decides what it means
        job.future.set_exception(error)
    else:
        job.future.set_result(result)
