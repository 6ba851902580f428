"""A queue that is fair between owners, bounded, and never leaves a job waiting for ever."""

from __future__ import annotations

import contextlib
import math
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, InvalidStateError
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, TypeVar

from journeyman.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")
MOST_WAITING = 10_000
DEADLINE_SECONDS = 600.0
RUNNING_SECONDS = 300.0
_LONGEST_PAUSE = 3600.0
_LATE = "This submission waited too long for its turn; hand it in again. Nothing is counted."
_STUCK = "Grading this submission did not come to an end and was given up. Nothing is counted."


@dataclass(frozen=True, slots=True)
class Place:
    """Where one job stands.

    Attributes:
        state: ``waiting`` or ``running``.
        owner, name: As it was handed in.
        position: The how manieth it is among those that wait, from 1; 0 when it runs.
        seconds: How long it has been in this state.
    """

    state: Literal["waiting", "running"]
    owner: str
    name: str
    position: int
    seconds: float

    @property
    def sentence(self) -> str:
        """For people.

        >>> Place("waiting", "ann", "a1", 3, 2.0).sentence
        'waiting, number 3 in the queue'
        """
        if self.state == "running":
            return f"running since {self.seconds:.0f} s"
        return (
            "waiting, next"
            if self.position == 1
            else f"waiting, number {self.position} in the queue"
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the queue holds at one instant.

    Attributes:
        waiting, running, done: How many jobs.
        waiting_by_owner: How many wait, by owner.
        jobs: Every job that runs, then every one that waits in the order of their turns.
    """

    waiting: int
    running: int
    done: int
    waiting_by_owner: dict[str, int]
    jobs: tuple[Place, ...] = ()


@dataclass(slots=True, eq=False)
class _Job:
    owner: str
    name: str
    future: Future[Any]
    work: Callable[[], Any]
    since: float
    expires: float


class FairExecutor(Executor):
    """Runs jobs on threads, one owner after the other.

    An owner who hands in a thousand jobs delays another owner's single job by one round only. Each
    job is a plain ``Future``: ``cancel`` works while it waits. A watch ends every wait: a job that
    is not begun by its deadline fails, and so does one that runs without end, whose thread is then
    replaced by a new one.

    Args:
        workers: Threads; the number of cores by default.
        most_waiting: How many jobs may wait; one more is refused.
        deadline_seconds: A job that waited longer fails with ``Unavailable`` instead of running.
        running_seconds: A job that runs longer fails with ``Unavailable``. Far above what any
            grading takes: the sandbox bounds each one, so that only a fault of ours gets here.

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
        running_seconds: float = RUNNING_SECONDS,
    ) -> None:
        self._most = most_waiting
        self._deadline = deadline_seconds
        self._longest = running_seconds
        self._waiting: OrderedDict[str, deque[_Job]] = OrderedDict()
        self._running: dict[threading.Thread, _Job] = {}
        lock = threading.RLock()
        self._changed = threading.Condition(lock)
        self._alarm = threading.Condition(lock)
        self._next_look = math.inf
        self._closed = False
        self._done = 0
        self._threads: set[threading.Thread] = set()
        self._watcher: threading.Thread | None = None
        with self._changed:
            for _ in range(workers or os.cpu_count() or 1):
                self._add_thread()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call for nobody in particular."""
        return self.submit_for("", lambda: fn(*args, **kwargs))

    def submit_for(
        self,
        owner: str,
        work: Callable[[], T],
        *,
        name: str = "",
        deadline_seconds: float | None = None,
    ) -> Future[T]:
        """Queue ``work`` for ``owner``, under a name by which ``place`` and ``cancel`` find it.

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
            now = time.monotonic()
            job = _Job(owner, name, future, work, now, now + seconds)
            self._waiting.setdefault(owner, deque()).append(job)
            self._watch_until(job.expires)
            self._changed.notify()
        return future

    def state(self) -> Snapshot:
        """What waits and runs now, in the order of the turns."""
        with self._changed:
            owners = {owner: len(jobs) for owner, jobs in self._waiting.items()}
            return Snapshot(
                self._count(), len(self._running), self._done, owners, tuple(self._places())
            )

    def place(self, name: str) -> Place | None:
        """Where the job of this name stands; None once it has ended (or never was)."""
        return next((place for place in self.state().jobs if place.name == name), None)

    def cancel(self, name: str) -> bool:
        """Take a waiting job out; False if it runs already or is not there."""
        with self._changed:
            found = [job for job in self._in_turn() if job.name == name]
            done = [job.future.cancel() for job in found]
            for job in found:
                self._take_out(job)
        return any(done)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; finish what waits, or cancel it."""
        with self._changed:
            self._closed = True
            if cancel_futures:
                for job in list(self._in_turn()):
                    job.future.cancel()
                self._waiting.clear()
            self._changed.notify_all()
            self._alarm.notify_all()
            threads = [*self._threads, *([self._watcher] if self._watcher else [])]
        if wait:
            for thread in threads:
                thread.join()

    # ------------------------------------------------------------- with the lock held

    def _count(self) -> int:
        return sum(len(jobs) for jobs in self._waiting.values())

    def _in_turn(self) -> list[_Job]:
        """The jobs that wait, in the order in which they will be taken."""
        found: list[_Job] = []
        owners = [deque(jobs) for jobs in self._waiting.values()]
        while owners:
            found += [jobs.popleft() for jobs in owners]
            owners = [jobs for jobs in owners if jobs]
        return [job for job in found if not job.future.cancelled()]

    def _places(self) -> list[Place]:
        now = time.monotonic()
        running = [
            Place("running", job.owner, job.name, 0, now - job.since)
            for job in self._running.values()
        ]
        waiting = [
            Place("waiting", job.owner, job.name, position, now - job.since)
            for position, job in enumerate(self._in_turn(), 1)
        ]
        return running + waiting

    def _take_out(self, job: _Job) -> None:
        jobs = self._waiting.get(job.owner)
        if jobs is not None and job in jobs:
            jobs.remove(job)
            if not jobs:
                del self._waiting[job.owner]

    def _add_thread(self) -> None:
        thread = threading.Thread(target=self._work, name="journeyman-grading", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _watch_until(self, end: float) -> None:
        """See to it that somebody looks at the jobs at this time, if not earlier."""
        if self._watcher is None:
            self._watcher = threading.Thread(
                target=self._look, name="journeyman-watch", daemon=True
            )
            self._watcher.start()
        elif end < self._next_look:
            self._alarm.notify()

    def _overdue(self) -> float | None:
        """Fail every job that is past its time; the time of the next look, None without any job."""
        now = time.monotonic()
        for job in [job for job in self._in_turn() if now > job.expires]:
            self._take_out(job)
            _fail(job, _LATE)
        for thread, job in list(self._running.items()):
            if now > job.since + self._longest:
                del self._running[thread]
                self._threads.discard(thread)  # it may never come back: another one takes over
                _fail(job, _STUCK)
                self._add_thread()
        ends = [job.expires for job in self._in_turn()]
        ends += [job.since + self._longest for job in self._running.values()]
        return min(ends) if ends else None

    # ------------------------------------------------------------- threads

    def _look(self) -> None:
        """The watch: ends when there is nothing left to watch over."""
        with self._changed:
            while (end := self._overdue()) is not None:
                self._next_look = end
                pause = min(max(end - time.monotonic(), 0.0) + 0.01, _LONGEST_PAUSE)
                self._alarm.wait(pause)
            self._watcher = None

    def _next(self) -> _Job | None:
        """The next job of the owner whose turn it is; None when closed and empty, or replaced."""
        with self._changed:
            while not self._waiting:
                if self._closed or threading.current_thread() not in self._threads:
                    return None
                self._changed.wait()
            if threading.current_thread() not in self._threads:
                return None
            owner, jobs = self._waiting.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._waiting[owner] = jobs  # behind everybody else
            if time.monotonic() > job.expires:
                _fail(job, _LATE)
            job.since = time.monotonic()
            self._running[threading.current_thread()] = job
            self._watch_until(job.since + self._longest)
            return job

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                _run(job)
            finally:
                with self._changed:
                    self._running.pop(threading.current_thread(), None)
                    self._done += 1
                    if not self._running and not self._waiting:
                        self._alarm.notify()  # nothing left to watch over


def _fail(job: _Job, message: str) -> None:
    """End a job that has no result yet, whether it waits or runs."""
    if job.future.running() or job.future.set_running_or_notify_cancel():
        with contextlib.suppress(InvalidStateError):  # it has ended in this very moment
            job.future.set_exception(Unavailable(message))


def _run(job: _Job) -> None:
    if job.future.done() or not job.future.set_running_or_notify_cancel():
        return
    try:
        result = job.work()
    except BaseException as error:  # noqa: BLE001 - the waiting side decides what it means
        with contextlib.suppress(InvalidStateError):  # the watch has given it up
            job.future.set_exception(error)
    else:
        with contextlib.suppress(InvalidStateError):
            job.future.set_result(result)
