"""A baseline that starts processes: they are counted with it, and they end with it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from journeyman.app.competing.ground import Watch
from journeyman.competitions.rung_child import _below
from journeyman.data import Stopped
from tests.competitions.conftest import SLUG

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks into Linux's /proc"),
]
CHILD = [sys.executable, "-m", "journeyman.competitions.rung_child"]
WITH_A_PROCESS = '''"""Lets another process hold memory and work."""
import subprocess, sys

def fit_predict(train, test):
    code = """if True:
        import sys, time
        held = bytearray(b"1") * 300_000_000
        end = time.process_time() + 1
        while time.process_time() < end:
            pass
        """
    subprocess.run([sys.executable, "-c", code], check=True)
    return test
'''
HOUSE_RUN = '''"""The house run: 300 seconds on two cores."""
import numpy as np
import pandas as pd
from journeyman.house import run

def fit_predict(train, test):
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(size=(20_000, 30))).add_prefix("column")
    run(table, table.column0 > 0, task="binary", metric="auc", seconds=300, cores=2)
    return test
'''


@pytest.fixture
def home(tmp_path):
    """A folder with the two tables that every baseline reads."""
    for name in ("train", "test"):
        pd.DataFrame({"id": [1, 2]}).to_parquet(tmp_path / f"{name}.parquet")
    return tmp_path


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files of what a test starts."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    return made


def until(condition, seconds=60.0):
    """Wait for something that is about to be true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def gone(process):
    """Whether a process has ended, its remains included or not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def test_memory_and_seconds_of_started_processes_count(home):
    file = home / "rung.py"
    file.write_text(WITH_A_PROCESS)
    command = [*CHILD, str(file), str(home), str(home / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as running:
        assert running.wait() == 0
    told = json.loads((home / "out.json").read_text())
    assert told["peak_mb"] > 300 + 50  # the child's, and this process's own libraries
    assert told["processor_seconds"] > 1


def test_the_processes_of_a_house_run_end_with_whoever_wanted_it(home, temporary):
    file = home / "rung.py"
    file.write_text(HOUSE_RUN)
    command = [*CHILD, str(file), str(home), str(home / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as running:
        until(lambda: len(_below(running.pid)) >= 2)
        workers = _below(running.pid)
        running.stdin.close()  # as when the program that wanted it is killed
        assert running.wait(30) != 0
    until(lambda: all(map(gone, workers)))
    until(lambda: not list(temporary.iterdir()))
    assert not (home / "out.json").exists()


def test_a_cancelled_house_run_leaves_no_process_and_no_file(ready, temporary, monkeypatch):
    entry = ready.entry(SLUG)
    file = temporary.parent / "automl.py"
    file.write_text(HOUSE_RUN)
    monkeypatch.setattr(type(entry), "rung_files", property(lambda _: (file,)))
    seen = []

    def cancel():
        workers = [one for one in _below(os.getpid()) if b"house.worker" in line_of(one)]
        seen.extend(workers)
        return len(workers) >= 2

    with pytest.raises(Stopped, match="are kept"):
        ready.baseline(SLUG, watch=Watch(cancel=cancel))
    until(lambda: all(map(gone, seen)))
    until(lambda: not list(temporary.iterdir()))


def line_of(process):
    """The command line of a process; empty for one that is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
