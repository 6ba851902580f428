"""Runs: what is recorded, and what is said when one goes wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from journeyman.errors import Invalid, NotFound
from journeyman.projects.running import Wish
from journeyman.projects.runs import Run, Runs, is_alive, started_of
from tests.projects.conftest import change


def test_a_run_records_what_it_came_from(projects, repo):
    found = projects.run(repo, Wish(seed=5, note="first", arguments=("--noise", "0.2")))
    assert found.state == "done", found.message
    assert found.seed == 5
    assert found.parameters == {"noise": 0.2}
    assert len(found.code["commit"]) == 40
    assert not found.code["dirty"]
    assert len(found.data["sha256"]) == 64
    assert found.environment["packages"]["numpy"]
    assert found.lock["file"] == "requirements.lock"
    assert found.peak_mib > 1
    main = found.main
    assert main.name == "auc"
    assert main.low < main.value < main.high
    assert main.baseline == 0.5
    assert {one["file"] for one in found.artifacts} >= {"model.json", "predictions.csv"}
    assert projects.runs(repo) == (found,)


def test_the_same_seed_gives_the_same_run_and_changes_are_seen(projects, repo):
    first = projects.run(repo, Wish(seed=1, arguments=("--noise", "0.5")))
    again = projects.run(repo, Wish(seed=1, arguments=("--noise", "0.5")))
    assert first.main == again.main
    (repo / "src" / "solution" / "extra.py").write_text("x = 1\n")
    dirty = projects.run(repo, Wish(seed=2, arguments=("--noise", "0.5")))
    assert dirty.main != first.main
    assert dirty.code["dirty"]
    assert dirty.code["difference"]


def test_code_that_fails_is_recorded_with_its_last_line(projects, repo):
    change(repo, "src/solution/train.py", "raise ValueError('no such column: colour')\n")
    found = projects.run(repo)
    assert found.state == "failed"
    assert found.exit_code == 1
    assert "no such column: colour" in found.message


def test_code_without_predictions_is_told_where_to_write_them(projects, repo):
    change(repo, "src/solution/train.py", "print('all good')\n")
    found = projects.run(repo)
    assert found.state == "failed"
    assert "predictions.parquet" in found.message


def test_code_that_never_ends_is_stopped_with_a_sentence(projects, repo):
    change(repo, "src/solution/train.py", "import time\nwhile True: time.sleep(0.05)\n")
    found = projects.run(repo, Wish(minutes=0.01))
    assert found.state == "stopped"
    assert "0.01 minutes" in found.message


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_code_that_takes_too_much_memory_is_stopped(projects, repo):
    text = "import time\nx = bytearray(300 << 20)\ntime.sleep(60)\n"
    change(repo, "src/solution/train.py", text)
    found = projects.run(repo, Wish(memory_mib=128))
    assert found.state == "stopped"
    assert "memory" in found.message


def test_control_c_leaves_a_run_that_says_cancelled_and_can_be_resumed(projects, repo):
    text = (repo / "src" / "solution" / "train.py").read_text()
    slow = "import os, time\nif not os.environ['JOURNEYMAN_RESUME']: time.sleep(60)\n" + text
    change(repo, "src/solution/train.py", slow)

    def stop(seen):
        if seen.seconds > 0.2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        projects.run(repo, Wish(seed=3), tell=stop)
    (left,) = projects.runs(repo)
    assert left.state == "cancelled"
    found = projects.run(repo, Wish(resume=left.id[-4:]))
    assert (found.id, found.state, found.seed) == (left.id, "done", 3)
    assert len(found.resumed) == 1
    with pytest.raises(Invalid, match="nothing to take up"):
        projects.run(repo, Wish(resume=left.id))


def test_a_run_whose_process_is_gone_is_interrupted(projects, repo):
    done = projects.run(repo)
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    Runs(repo).write(replace(done, state="running", pid=process.pid, pid_started="1"))
    (found,) = projects.runs(repo)
    assert found.state == "interrupted"
    assert "--resume" in found.message
    assert "broken off" in projects.status(repo).next_step


def test_a_process_of_another_age_is_not_the_one(tmp_path):
    here = started_of(os.getpid())
    assert is_alive(os.getpid(), here)
    if here:
        assert not is_alive(os.getpid(), "1")
    assert not is_alive(0, "")


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs prctl")
def test_killed_outright_the_code_dies_too_and_the_run_is_interrupted(projects, repo):
    change(repo, "src/solution/train.py", (
        "import os, time\n"
        "open(os.environ['JOURNEYMAN_RUN'] + '/pid', 'w').write(str(os.getpid()))\n"
        "time.sleep(120)\n"
    ))  # fmt: skip
    code = f"from pathlib import Path; from journeyman.projects import running; running.run(Path({str(repo)!r}))"
    watcher = subprocess.Popen([sys.executable, "-c", code])
    pids = []
    for _ in range(600):
        pids = list((repo / ".journeyman" / "runs").glob("*/pid"))
        if pids and pids[0].read_text():
            break
        time.sleep(0.1)
    child = int(pids[0].read_text())
    os.kill(watcher.pid, signal.SIGKILL)
    watcher.wait()
    for _ in range(100):
        if not started_of(child) or _is_zombie(child):
            break
        time.sleep(0.1)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("the code went on after its watcher was killed")
    (found,) = projects.runs(repo)
    assert found.state == "interrupted"


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def test_missing_data_are_told_before_anything_is_run(projects, repo):
    for file in (repo / "data" / "raw").iterdir():
        file.unlink()
    with pytest.raises(Invalid, match="data are gone"):
        projects.run(repo)
    assert projects.runs(repo) == ()


def test_a_moved_project_is_found_again_and_a_half_deleted_one_says_so(projects, repo, tmp_path):
    moved = tmp_path / "elsewhere"
    repo.rename(moved)
    with pytest.raises(NotFound, match="was moved"):
        projects.status(repo)
    assert projects.lines()[-1].standing == "moved"
    assert projects.status(moved).line.standing == "started"
    (moved / "journeyman.toml").unlink()
    with pytest.raises(NotFound, match="not in a project"):
        projects.status(moved)


def test_a_project_without_git_runs_and_is_warned(projects, repo, monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    found = projects.run(repo)
    assert found.state == "done"
    assert "not in git" in found.warnings[0]


def test_metrics_that_the_code_states_wrongly_are_told(projects, repo):
    text = (repo / "src" / "solution" / "train.py").read_text()
    more = "\n(given.out / 'metrics.json').write_text(json.dumps({'auc': 0.99}))\n"
    change(repo, "src/solution/train.py", text + more)
    found = projects.run(repo)
    assert any("0.9900" in one for one in found.warnings)


def test_code_that_knows_only_its_own_folder_is_gathered(projects, repo):
    text = (repo / "src" / "solution" / "train.py").read_text()
    text = text.replace("required=True", "default=Path('artifacts')")
    text = text.replace(
        "given = parser.parse_args()", "given = parser.parse_args(); given.out.mkdir(exist_ok=True)"
    )
    change(repo, "src/solution/train.py", text)
    toml = (repo / "journeyman.toml").read_text().replace(" --out {out} --seed {seed}", "")
    change(repo, "journeyman.toml", toml)
    found = projects.run(repo)
    assert found.state == "done", found.message
    assert (Runs(repo).place(found.id) / "model.json").is_file()


def test_a_damaged_record_is_left_out_and_the_others_stay(projects, repo):
    first = projects.run(repo)
    second = projects.run(repo)
    (Runs(repo).place(first.id) / "run.json").write_text('{"id": ')
    assert [one.id for one in projects.runs(repo)] == [second.id]


def test_records_of_an_older_or_newer_form_are_read(repo):
    place = Runs(repo).place("20260101T000000-0000")
    place.mkdir(parents=True)
    data = {
        **Run("20260101T000000-0000", "shop", "done", "2026-01-01T00:00:00+00:00").to_json(),
        "later": 1,
    }
    del data["note"]
    (place / "run.json").write_text(json.dumps(data))
    (found,) = Runs(repo).all()
    assert found.state == "done"
