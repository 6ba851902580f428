"""The way of macOS and Windows, as far as it can be tried on Linux: with fakes of what differs."""

import os
import subprocess
import sys
import types

import pytest

from journeyman.core.exercise import Limits
from journeyman.sandbox import Sandbox, isolation, worker
from journeyman.sandbox.scratch import make_root
from journeyman.sandbox.spawned import SpawnRunner
from journeyman.sandbox.tiers import environment
from tests.sandbox.conftest import doubling, exercise

RIGHT = "def f(x): return 2 * x"


def test_it_imports_and_grades_without_the_modules_that_only_unix_has() -> None:
    """A fresh interpreter in which ``resource``, ``fcntl``, ``pwd`` and ``grp`` do not exist."""
    code = """
import os, sys
del os.wait4
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
from journeyman.sandbox import Sandbox
from tests.sandbox.conftest import doubling, exercise
box = Sandbox(portable=True)
verdict = box.grade(exercise(), doubling(), "def f(x): return 2 * x", seed=1)
box.close()
print(verdict.verdict, verdict.isolation)
loaded = [name for name in sys.modules if name.startswith("journeyman.sandbox.")]
print(any(name.endswith((".forked", ".landlock", ".kernel", ".zygote")) for name in loaded))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["passed", "limits-only", "False"], done.stderr


def test_other_systems_take_the_portable_way(monkeypatch) -> None:
    for system, limited in (("darwin", True), ("win32", False)):
        monkeypatch.setattr(sys, "platform", system)
        found = isolation.probe.__wrapped__()
        assert found["rlimits"] is limited
        assert not any(held for name, held in found.items() if name != "rlimits")
        assert isolation.level_of(found) == "limits-only"


def test_the_default_follows_the_system() -> None:
    default = Sandbox.__init__.__kwdefaults__["portable"]
    assert default is (sys.platform != "linux")


def test_macos_keeps_the_limits_that_it_has(monkeypatch) -> None:
    held = {}
    fake = types.SimpleNamespace(
        RLIMIT_CPU=0,
        RLIMIT_FSIZE=1,
        RLIMIT_CORE=4,
        RLIMIT_NPROC=7,
        setrlimit=lambda which, both: held.update({which: both}),
    )
    monkeypatch.setitem(sys.modules, "resource", fake)
    worker._limit_on_macos({"cpu_seconds": 3.0})
    assert held.keys() == {0, 1, 4, 7}
    assert held[0][0] >= 5
    assert held[4] == held[7] == (0, 0)

    def refuses(_which, _both):
        raise ValueError("macOS refuses some")

    fake.setrlimit = refuses
    worker._limit_on_macos({"cpu_seconds": 3.0})  # and goes on: limited is not confined


@pytest.mark.slow
def test_a_system_without_wait4_still_ends_and_reports(monkeypatch, tmp_path) -> None:
    """Windows: no wait4, no kill by signal number, no use of resources to be had."""
    monkeypatch.delattr(os, "wait4")
    runner = SpawnRunner("numpy", tmp_path)
    link = runner.start(Limits())
    monkeypatch.setattr("journeyman.sandbox.spawned.usage_of", lambda _pid: None)
    assert link.usage() is None
    ending = link.end()
    assert ending.cpu == 0.0
    assert ending.signal is None
    runner.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_system_that_tells_no_use_is_bounded_by_the_clock(monkeypatch) -> None:
    monkeypatch.setattr("journeyman.sandbox.spawned.usage_of", lambda _pid: None)
    box = Sandbox(portable=True)
    try:
        verdict = box.grade(exercise(), doubling(), "def f(x):\n    while True: pass\n", seed=1)
        assert (verdict.verdict, verdict.category) == ("limit", "time")
        assert box.grade(exercise(), doubling(), RIGHT, seed=1).passed
    finally:
        box.close()


def test_what_windows_needs_stays_in_the_environment(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SystemRoot", "C:\\Windows")
    monkeypatch.setenv("SECRET", "s")
    kept = environment(tmp_path)
    assert kept["SystemRoot"] == "C:\\Windows"
    assert "SECRET" not in kept


def test_scratch_of_the_living_and_of_others_is_left_alone(tmp_path, monkeypatch) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    names = (f"journeyman-{gone}-aaaaaaaa", f"journeyman-{os.getpid()}-bbbbbbbb", "journeyman-x-c")
    for name in names:
        (tmp_path / name).mkdir()
    (tmp_path / f"journeyman-{gone}-link").symlink_to(tmp_path / names[1])
    monkeypatch.setattr(os, "name", "nt")  # no way to ask who is alive: everything stays
    from journeyman.sandbox import scratch

    assert scratch._alive(int(gone))
    monkeypatch.undo()
    made = make_root(tmp_path)
    left = {entry.name for entry in tmp_path.iterdir()}
    assert left == {*names[1:], f"journeyman-{gone}-link", made.name}


class Flood:
    """News that is there again as soon as it is taken."""

    def get(self, timeout: float) -> tuple[str, bytes]:
        return self.get_nowait()

    def get_nowait(self) -> tuple[str, bytes]:
        return "print", bytes(1 << 16)


def test_a_flood_does_not_keep_the_judge_from_looking_at_the_clock(monkeypatch, tmp_path) -> None:
    runner = SpawnRunner("numpy", tmp_path)
    link = runner.start(Limits())
    try:
        monkeypatch.setattr(link, "news", Flood())
        assert len(link.step(memoryview(b""), 0.01).printed) < 1 << 22
    finally:
        monkeypatch.undo()
        link.end()
        runner.close()
