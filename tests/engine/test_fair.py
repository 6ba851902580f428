"""The queue: fair between owners, bounded, cancellable, and never stuck."""

import threading

import pytest

from journeyman.engine import FairExecutor
from journeyman.errors import Unavailable


class Gate:
    """Work that waits until it is let go, so that a test decides what happens when."""

    def __init__(self, executor):
        self.started, self.go = threading.Event(), threading.Event()
        self.future = executor.submit_for("gate", self._wait)
        assert self.started.wait(10)

    def _wait(self):
        self.started.set()
        assert self.go.wait(10)


def test_one_owner_does_not_hold_up_another():
    order = []
    with FairExecutor(1) as executor:
        gate = Gate(executor)
        for number in range(5):
            executor.submit_for("many", lambda number=number: order.append(("many", number)))
        executor.submit_for("one", lambda: order.append(("one", 0)))
        state = executor.state()
        assert (state.waiting, state.running) == (6, 1)
        assert state.waiting_by_owner == {"many": 5, "one": 1}
        gate.go.set()
    assert order.index(("one", 0)) == 1
    assert [n for owner, n in order if owner == "many"] == [0, 1, 2, 3, 4]
    assert executor.state().done == 7


def test_waiting_work_can_be_cancelled():
    ran = []
    with FairExecutor(1) as executor:
        gate = Gate(executor)
        job = executor.submit_for("a", lambda: ran.append(1))
        assert job.cancel()
        gate.go.set()
    assert ran == []
    assert job.cancelled()


def test_too_much_is_refused_and_nothing_is_lost():
    with FairExecutor(1, most_waiting=2) as executor:
        gate = Gate(executor)
        jobs = [executor.submit_for("a", lambda: 7) for _ in range(2)]
        with pytest.raises(Unavailable, match="wait already"):
            executor.submit_for("b", lambda: 8)
        gate.go.set()
    assert [job.result(0) for job in jobs] == [7, 7]


def test_work_that_waited_too_long_fails_instead_of_waiting_for_ever():
    with FairExecutor(1) as executor:
        gate = Gate(executor)
        job = executor.submit_for("a", lambda: 7, deadline_seconds=-1)
        gate.go.set()
        with pytest.raises(Unavailable, match="too long"):
            job.result(10)


def test_a_failure_reaches_whoever_waits_and_the_worker_goes_on():
    with FairExecutor(1) as executor:
        bad = executor.submit(lambda: 1 / 0)
        good = executor.submit(lambda: 5)
        with pytest.raises(ZeroDivisionError):
            bad.result(10)
        assert good.result(10) == 5


def test_after_closing():
    executor = FairExecutor(1)
    gate = Gate(executor)
    waiting = executor.submit_for("a", lambda: 1)
    executor.shutdown(wait=False, cancel_futures=True)
    gate.go.set()
    executor.shutdown()
    assert waiting.cancelled()
    with pytest.raises(Unavailable):
        executor.submit(lambda: 1)
