"""Tiers: started on use, replaced when they die, given back when idle, safe from threads."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from journeyman.errors import Unavailable
from journeyman.sandbox import Sandbox, forked
from journeyman.sandbox.landlock import readable
from tests.sandbox.conftest import doubling, exercise

RIGHT = "def f(x): return 2 * x"


def graded(box: Sandbox, source: str = RIGHT, **details):
    return box.grade(exercise(**details), doubling(), source, seed=1)


def test_importing_is_light() -> None:
    code = (
        "import sys, journeyman.sandbox as s; s.Sandbox();"
        "print([m for m in ('numpy', 'pandas', 'socket', 'subprocess') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "numpy" not in done.stdout
    assert "pandas" not in done.stdout


def test_nothing_starts_before_it_is_needed(tmp_path: Path) -> None:
    box = Sandbox(scratch=tmp_path)
    assert list(tmp_path.iterdir()) == []
    box.warm("numpy")
    assert len(list(tmp_path.iterdir())) == 1
    assert graded(box).passed
    box.close()
    box.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Unavailable, match="closed"):
        graded(box)


def test_a_dead_tier_is_replaced(sandbox: Sandbox) -> None:
    assert graded(sandbox).passed
    first = sandbox._tiers["numpy"].runner
    os.kill(first.pid, 9)
    assert graded(sandbox).passed
    assert sandbox._tiers["numpy"].runner is not first
    assert not Path(f"/proc/{first.process.pid}").exists()


def test_a_tier_that_dies_while_grading_is_tried_once_more(tmp_path: Path) -> None:
    box = Sandbox(scratch=tmp_path)
    box.warm("numpy")
    deaths = []

    def kill_soon() -> None:
        time.sleep(0.3)
        runner = box._tiers["numpy"].runner
        deaths.append(runner.pid)
        os.kill(runner.pid, 9)

    threading.Thread(target=kill_soon).start()
    verdict = graded(box, "import time\ndef f(x):\n    time.sleep(0.15)\n    return 2 * x\n")
    assert verdict.passed
    assert deaths
    box.close()


def test_a_tier_that_keeps_dying_is_our_failure(sandbox: Sandbox, monkeypatch) -> None:
    start = type(sandbox)._start
    starts = []

    def doomed(self, tier):
        runner = start(self, tier)
        starts.append(runner)
        os.kill(runner.pid, 9)
        runner.process.wait()
        return runner

    with pytest.raises(Unavailable, match="nothing is counted"):
        monkeypatch.setattr(Sandbox, "_start", doomed)
        sandbox._discard("numpy", sandbox._tiers["numpy"].runner)
        graded(sandbox)
    assert len(starts) == 2
    monkeypatch.undo()
    assert graded(sandbox).passed


def test_a_missing_tier_is_told_as_ours(sandbox: Sandbox, monkeypatch) -> None:
    monkeypatch.setattr("journeyman.sandbox.engine.find_spec", lambda name: None)
    with pytest.raises(Unavailable, match="journeyman\\[torch\\]"):
        graded(sandbox, tier="torch")
    with pytest.raises(Unavailable, match="switched off"):
        graded(Sandbox(tiers=["numpy"]), tier="sklearn")


def test_idle_tiers_give_their_memory_back(tmp_path: Path) -> None:
    box = Sandbox(idle_seconds=0.3, scratch=tmp_path)
    assert graded(box).passed
    pid = box._tiers["numpy"].runner.pid
    deadline = time.monotonic() + 10
    while box._tiers["numpy"].runner is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert box._tiers["numpy"].runner is None
    assert not Path(f"/proc/{pid}").exists()
    assert graded(box).passed
    box.close()


def test_many_threads(sandbox: Sandbox) -> None:
    def one(n: int) -> bool:
        wrong = n % 3 == 0
        return graded(sandbox, f"def f(x): return {3 if wrong else 2} * x").passed != wrong

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(one, range(24)))


def test_verdicts_are_the_same_twice(sandbox: Sandbox) -> None:
    for source in (RIGHT, "def f(x): return x", "def f(x): return 1 / 0"):
        first, second = (graded(sandbox, source) for _ in range(2))
        assert first.cases == second.cases
        assert first.message == second.message


def test_the_level_is_on_the_verdict(sandbox: Sandbox) -> None:
    assert graded(sandbox).isolation == sandbox.isolation().level
    box = Sandbox(portable=True)
    try:
        assert box.isolation().level == "limits-only"
        verdict = graded(box)
        assert verdict.passed
        assert verdict.isolation == "limits-only"
    finally:
        box.close()


def test_what_is_hidden_is_left_out_of_what_may_be_read(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("numpy", "journeyman/_bank", "pandas"):
        (site / name).mkdir(parents=True)
    (site / "link").symlink_to(site / "journeyman")
    found = readable([str(tmp_path), str(site)], [str(site / "journeyman")])
    assert found == [str(site / "numpy"), str(site / "pandas")]
    assert readable([str(site)], []) == [str(site)]
    assert readable([str(site / "journeyman")], [str(site)]) == []


def test_without_process_descriptors_children_are_reaped_all_the_same(
    tmp_path, monkeypatch
) -> None:
    """As on an old kernel, or in a container that refuses ``pidfd_open``."""
    refuse = (
        "import os\n"
        "def refused(_pid): raise PermissionError(1, 'refused')\n"
        "os.pidfd_open = refused\n"
    )
    monkeypatch.setattr(forked, "_BOOT", refuse + forked._BOOT)
    box = Sandbox(scratch=tmp_path)
    try:
        assert [graded(box).verdict for _ in range(3)] == ["passed"] * 3
        assert graded(box, "def f(x):\n    import os\n    os._exit(3)\n").category == "exit"
    finally:
        box.close()
