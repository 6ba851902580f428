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


def test_the_state_of_each_job_can_be_seen():
    with FairExecutor(1) as executor:
        gate = Gate(executor)
        for owner, name in (("ann", "a1"), ("ann", "a2"), ("bob", "b1")):
            executor.submit_for(owner, lambda: 7, name=name)
        jobs = executor.state().jobs
        assert [(job.state, job.name, job.position) for job in jobs] == [
            ("running", "", 0),
            ("waiting", "a1", 1),
            ("waiting", "b1", 2),
            ("waiting", "a2", 3),
        ]
        assert jobs[0].sentence.startswith("running since ")
        assert executor.place("a1").sentence == "waiting, next"
        assert executor.place("a2").sentence == "waiting, number 3 in the queue"
        assert executor.place("b1").owner == "bob"
        assert executor.place("c1") is None
        gate.go.set()
    assert executor.place("a1") is None


def test_a_waiting_job_is_cancelled_by_its_name():
    with FairExecutor(1) as executor:
        gate = Gate(executor)
        job = executor.submit_for("ann", lambda: 7, name="a1")
        other = executor.submit_for("ann", lambda: 8, name="a2")
        plain = executor.submit_for("bob", lambda: 9, name="b1")
        assert executor.cancel("a1")
        assert plain.cancel()
        assert not executor.cancel("a1")
        assert not executor.cancel("nobody")
        assert job.cancelled()
        assert [place.name for place in executor.state().jobs if place.state == "waiting"] == ["a2"]
        gate.go.set()
        assert other.result(10) == 8


def test_a_deadline_ends_the_wait_although_no_worker_is_free():
    with FairExecutor(1) as executor:
        gate = Gate(executor)
        job = executor.submit_for("a", lambda: 7, deadline_seconds=0.05)
        with pytest.raises(Unavailable, match="too long"):
            job.result(10)
        assert executor.state().waiting == 0
        gate.go.set()


def test_a_job_that_never_ends_is_given_up_and_the_next_one_runs():
    executor = FairExecutor(1, running_seconds=0.1)
    gate = Gate(executor)
    after = executor.submit_for("b", lambda: 7)
    with pytest.raises(Unavailable, match="did not come to an end"):
        gate.future.result(10)
    assert after.result(10) == 7
    gate.go.set()
    executor.shutdown()
    assert executor.state().running == 0


def test_many_owners_from_many_threads():
    done = []
    with FairExecutor(4) as executor:

        def hand_in(owner):
            jobs = [executor.submit_for(owner, lambda: owner) for _ in range(50)]
            done.extend(job.result(30) for job in jobs)

        threads = [threading.Thread(target=hand_in, args=(f"o{n}",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sorted(done) == sorted(f"o{n}" for n in range(8) for _ in range(50))
    state = executor.state()
    assert (state.waiting, state.running, state.done) == (0, 0, 400)
