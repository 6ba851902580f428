"""What a warm process does so that its children cost little, and keeps doing after many."""

import subprocess
import sys
from pathlib import Path

import pytest

from journeyman.core.exercise import Limits
from journeyman.sandbox.conversation import Conversation
from journeyman.sandbox.forked import ForkRunner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there is a warm process")

COUNT = "import gc\ndef count():\n    return [*gc.get_count(), len(gc.get_objects())]\n"


@pytest.fixture
def runner(tmp_path: Path):
    made = ForkRunner("numpy", ["rlimits"], tmp_path)
    yield made
    made.close()


def counted(runner: ForkRunner) -> list[int]:
    """What Python's collector has to look at in a child that has just begun."""
    link = runner.start(Limits())
    try:
        talk = Conversation(link, Limits())
        talk.ask("parse", source=COUNT, forbidden=[], quick=True)
        talk.ask("run", entry="count")
        return list(talk.ask("call", [[], {}], name="count")[1])
    finally:
        link.end()


def test_nothing_piles_up_for_the_collector(runner: ForkRunner) -> None:
    for _ in range(3):  # the first ones fill caches
        counted(runner)
    before = counted(runner)
    for _ in range(12):
        counted(runner)
    assert counted(runner) == before
    assert before[0] < 700  # or a child would begin with a collection, and copy what it looks at


JOINING = """
import ctypes, math, _json, _random, _struct
from pathlib import Path
from journeyman.sandbox import kernel

def mappings():
    return Path("/proc/self/maps").read_text().splitlines()

def libraries():
    return [line for line in mappings() if ".so" in line]

before = libraries()
kernel.join_libraries()
after = libraries()
import decimal  # a library that comes later is loaded as ever
print(len(before), len(after), math.sqrt(9), _json.encode_basestring("a"), decimal.Decimal("0.1"))
print(any(line.split()[1].startswith("rwx") for line in mappings()))
"""


def test_libraries_take_fewer_mappings_and_still_work() -> None:
    done = subprocess.run(
        [sys.executable, "-c", JOINING], capture_output=True, text=True, check=True
    )
    counts, writable_code = done.stdout.splitlines()
    before, after, *results = counts.split()
    assert int(after) < 0.75 * int(before)
    assert results == ["3.0", '"a"', "0.1"]
    assert writable_code == "False"
