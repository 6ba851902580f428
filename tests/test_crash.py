"""Kill -9 at any moment leaves a record that opens, with every acknowledged answer in it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journeyman.app import App
from journeyman.settings import Settings
from journeyman.store import attempts, ledger

WORKER = """
import sys
from pathlib import Path
from journeyman.app import App
from journeyman.settings import Settings

app = App(Settings(home=Path(sys.argv[1])))
RIGHT = '''
import numpy as np
def distances(x, y):
    d = np.asarray(x, float)[:, None, :] - np.asarray(y, float)[None, :, :]
    return np.sqrt((d ** 2).sum(-1))
'''
print("ready", flush=True)
number = 0
while True:
    number += 1
    if number % 3:
        asked = app.practise("vectors-norms")
        app.answer_practice(asked.attempt, "dont-know" if number % 2 else "1")
        print("answered", asked.attempt, flush=True)
    else:
        handed = app.check("euclidean-distances", RIGHT + f"# {number}")
        print("graded", handed.attempt, flush=True)
"""


def killed_after(home: Path, count: int, seconds: float) -> list[list[str]]:
    """Run the worker, let it acknowledge ``count`` answers, and kill it ``seconds`` later.

    Returns every answer that it had acknowledged.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    seen = "".join(process.stdout.readline() for _ in range(count))
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    out, _ = process.communicate()
    # A line that was cut off by the kill was not acknowledged.
    lines = (seen + out).splitlines(keepends=True)
    return [line.split() for line in lines if line.endswith("\n")]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kill -9 is POSIX")
def test_killed_at_random_instants(tmp_path):
    rng = random.Random(20260301)
    home = tmp_path / "home"
    acknowledged: list[list[str]] = []
    for _ in range(12):
        acknowledged += killed_after(home, rng.randrange(5), rng.uniform(0, 0.12))
        app = App(Settings(home=home))
        with app.reading() as session:
            facts = {fact.attempt for fact in ledger.history(session)}
            for what, attempt in acknowledged:
                found = attempts.get_attempt(session, attempt)
                assert found.state == "marked"
                if what == "answered":
                    assert attempt in facts
            assert ledger.rows(session, app.fold) == ledger.folded(session, app.fold)
            unfinished = attempts.find_attempts(session, kind="exercise", state="submitted")
        for attempt in unfinished:  # the code was safe before it was run, and is graded now
            assert app.finish(attempt.id).verdict is not None
        app.close()
    assert len(acknowledged) > 12


@pytest.mark.slow
def test_two_processes_on_one_record_lose_nothing(tmp_path):
    home = tmp_path / "home"
    code = (
        "import sys; from pathlib import Path; from journeyman.app import App\n"
        "from journeyman.settings import Settings\n"
        "app = App(Settings(home=Path(sys.argv[1])))\n"
        "for _ in range(25):\n"
        "    asked = app.practise(sys.argv[2])\n"
        "    app.answer_practice(asked.attempt, 'dont-know')\n"
        "    print(asked.attempt, flush=True)\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home), skill], stdout=subprocess.PIPE, text=True
        )
        for skill in ("vectors-norms", "probability-rules", "derivatives")
    ]
    answered = [line for process in started for line in process.communicate()[0].split()]
    assert all(process.returncode == 0 for process in started)
    assert len(answered) == len(set(answered)) == 75
    app = App(Settings(home=home))
    with app.reading() as session:
        assert {fact.attempt for fact in ledger.history(session)} == set(answered)
        assert ledger.rows(session, app.fold) == ledger.folded(session, app.fold)
    app.close()
