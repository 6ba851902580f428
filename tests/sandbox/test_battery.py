"""Every hostile or broken submission gets its outcome; nothing leaks, nothing survives."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import journeyman
from journeyman.core.exercise import Verdict
from journeyman.sandbox import Sandbox
from tests.sandbox.battery import BATTERY, EXHAUSTING, Attack
from tests.sandbox.battery.kinds import BREACH, REFUSED
from tests.sandbox.conftest import Grade

_SECRET = "the-secret-of-the-battery"


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("secret") / "secret.txt"
    path.write_text(_SECRET)
    path.chmod(0o644)
    before = path.stat()
    os.environ["JOURNEYMAN_TEST_SECRET"] = _SECRET
    yield path
    del os.environ["JOURNEYMAN_TEST_SECRET"]
    assert path.read_text() == _SECRET
    assert (path.stat().st_mode, path.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def filled(attack: Attack, secret: Path) -> str | bytes:
    """The attack's source, aimed at what is really there."""
    if isinstance(attack.source, bytes):
        return attack.source
    places = {
        "@SECRET@": str(secret),
        "@FOLDER@": str(secret.parent),
        "@PACKAGE@": str(Path(journeyman.__file__).parent),
        "@PARENT@": str(os.getpid()),
    }
    source = attack.source
    for mark, place in places.items():
        source = source.replace(mark, place)
    return source


def check(attack: Attack, verdict: Verdict) -> None:
    """The outcome is one of those that the attack names, and shows nothing that it should not."""
    shown = f"{verdict.message} {verdict.stdout} {verdict.traceback} {verdict.cases}"
    assert verdict.verdict in attack.verdicts, (verdict.category, verdict.message, verdict.stdout)
    if attack.categories:
        assert verdict.category in attack.categories, verdict.message
    assert attack.says in verdict.message
    assert verdict.message
    assert BREACH not in verdict.stdout
    assert _SECRET not in shown
    if attack.refused:
        assert REFUSED in verdict.stdout
    if not verdict.passed:
        assert verdict.score < 1
    if verdict.verdict != "rejected":
        assert len(verdict.cases) == 4


# Those that end at a limit take a second each; a few stand for them in the short run.
IN_SHORT = {
    "an endless loop",
    "a long sleep",
    "ignored signals",
    "a huge array",
    "a growing list",
    "a flood of output",
    "many files",
    "many threads",
    "a thread that goes on",
}
ATTACKS = [
    pytest.param(
        attack,
        id=attack.name,
        marks=pytest.mark.slow if attack in EXHAUSTING and attack.name not in IN_SHORT else (),
    )
    for attack in BATTERY
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_outcome(attack: Attack, grade: Grade, secret: Path, sandbox: Sandbox) -> None:
    verdict = grade(filled(attack, secret))
    check(attack, verdict)
    assert_nothing_left(sandbox)


def assert_nothing_left(sandbox: Sandbox) -> None:
    """No process of a submission is alive, and no scratch directory is left."""
    scratch = sandbox._scratch
    if scratch is None:  # nothing was started: the source was rejected
        return
    left = [path for path in scratch.iterdir() if path.name != "cache"]
    assert not any(list(path.iterdir()) for path in left)  # empty ones are used again
    running = [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and str(scratch).encode() in command(entry)
    ]
    warm = [tier.runner for tier in sandbox._tiers.values() if tier.runner is not None]
    own = {pid for runner in warm for pid in (runner.pid, runner.process.pid)}
    assert set(running) <= own


def command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def test_battery_is_large() -> None:
    names = [attack.name for attack in BATTERY]
    assert len(names) == len(set(names))
    assert len(names) >= 120
