"""``journeyman grade`` for one file and for a class's folder; nothing is recorded."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from journeyman.curriculum import builtin
from journeyman.sandbox.scratch import make_root
from tests.cli.test_commands import RIGHT, SLUG, SQUARED


def test_a_file(run, tmp_path):
    file = tmp_path / "a.py"
    file.write_text(RIGHT)
    done = run("grade", SLUG, str(file), "--json")
    assert done.code == 0
    assert {
        "verdict",
        "category",
        "message",
        "line",
        "cases",
        "isolation",
        "cpu_ms",
        "wall_ms",
    } <= set(done.json)
    assert done.json["verdict"] == "passed"
    file.write_text(SQUARED)
    assert run("grade", SLUG, str(file)).code == 1
    assert run("progress --json").json["total"] == 0


def test_a_folder_gives_a_row_a_file(run, tmp_path):
    for name, text in (
        ("ann/a.py", RIGHT),
        ("bob/b.py", SQUARED),
        ("cid/c.py", "def distances(:\n"),
        ("dot/d.py", ""),
    ):
        file = tmp_path / "class" / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
    done = run("grade", SLUG, "class", "--json", "--seed", "5")
    assert done.code == 1
    assert [row["file"].split("/")[1] for row in done.json] == ["ann", "bob", "cid", "dot"]
    assert [row["verdict"] for row in done.json[:3]] == ["passed", "failed", "error"]
    assert done.json[2]["line"] == 1
    assert done.json[3]["verdict"] != "passed"


def test_an_exercise_from_elsewhere(run, tmp_path):
    shutil.copytree(builtin.path() / "exercises" / SLUG, tmp_path / "mine")
    (tmp_path / "a.py").write_text(RIGHT)
    assert run("grade mine a.py").code == 0
    toml = tmp_path / "mine" / "exercise.toml"
    toml.write_text(toml.read_text().replace('tier = "numpy"', 'tier = "abacus"'))
    broken = run("grade mine a.py")
    assert broken.code == 2
    assert "exercise.toml" in broken.err


def test_a_broken_reference_is_our_fault(run, tmp_path):
    shutil.copytree(builtin.path() / "exercises" / SLUG, tmp_path / "mine")
    (tmp_path / "a.py").write_text(RIGHT)
    (tmp_path / "mine" / "reference.py").write_text("def distances(x, y):\n    return undefined\n")
    done = run("grade mine a.py --json")
    assert done.code == 3
    assert done.json["verdict"] is None


def test_bad_input(run, tmp_path):
    (tmp_path / "empty").mkdir()
    for words in ("grade nothing x.py", f"grade {SLUG} nowhere.py", f"grade {SLUG} empty"):
        done = run(words)
        assert done.code == 2
        assert done.err.count("\n") == 1


def test_a_class_with_every_kind_of_file(run, tmp_path):
    """One hangs, one is binary, one is huge, some lie in folders below or do not belong here."""
    shutil.copytree(builtin.path() / "exercises" / SLUG, tmp_path / "mine")
    toml = tmp_path / "mine" / "exercise.toml"
    toml.write_text(toml.read_text() + "\n[limits]\nwall_seconds = 1.5\ncpu_seconds = 1.0\n")
    handed = tmp_path / "class"
    files = {
        "ann/right.py": RIGHT.encode(),
        "ann/deep/er/right.py": RIGHT.encode(),
        "bob/binary.py": bytes(range(256)),
        "cid/hangs.py": b"import time\ntime.sleep(99)\n",
        "dot/wrong.py": SQUARED.encode(),
        "eve/.venv/lib.py": RIGHT.encode(),
        "eve/__pycache__/old.py": RIGHT.encode(),
        "eve/notes.txt": b"no Python",
    }
    for name, data in files.items():
        (handed / name).parent.mkdir(parents=True, exist_ok=True)
        (handed / name).write_bytes(data)
    with (handed / "huge.py").open("wb") as huge:
        huge.truncate(30 << 20)
    (handed / "gone.py").symlink_to("nowhere")
    done = run("grade mine class --json")
    assert done.code == 1
    rows = {row["file"].removeprefix("class/"): row for row in done.json}
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "ann/deep/er/right.py": "passed",
        "ann/right.py": "passed",
        "bob/binary.py": "rejected",
        "cid/hangs.py": "limit",
        "dot/wrong.py": "failed",
        "huge.py": "rejected",
    }
    assert "31,457,280 bytes" in rows["huge.py"]["message"]
    assert list(rows) == sorted(rows)
    lines = done.out.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 2 + len(rows))
    text = run("grade mine class")
    assert text.code == 1
    assert text.out.count("\n") == len(rows)
    assert "ann/right.py" in text.out


def test_a_run_that_is_killed_leaves_its_rows_and_nothing_else(tmp_path):
    """The rows so far are whole; no process and, after the next run, no scratch file is left."""
    for number in range(3):
        (tmp_path / f"{number}.py").write_text(RIGHT)
    (tmp_path / "9.py").write_text("import time\ntime.sleep(60)\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    start = "from journeyman.cli.main import main; main()"
    command = [sys.executable, "-c", start, "grade", SLUG, str(tmp_path), "--json"]
    surroundings = {**os.environ, "TMPDIR": str(scratch), "JOURNEYMAN_HOME": str(tmp_path / "home")}
    with subprocess.Popen(
        [*command, "--workers", "1"], stdout=subprocess.PIPE, env=surroundings, text=True
    ) as process:
        lines = [process.stdout.readline() for _ in range(4)]
        process.kill()
    assert lines[0] == "[\n"
    rows = [json.loads(line.rstrip(",\n")) for line in lines[1:]]
    assert [row["verdict"] for row in rows] == ["passed"] * 3
    left = [entry.name for entry in scratch.glob("journeyman-*")]
    assert len(left) == 1
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _using(left[0]):
        time.sleep(0.05)
    assert not _using(left[0])
    fresh = make_root(scratch)
    assert [entry.name for entry in scratch.glob("journeyman-*")] == [fresh.name]


def _using(name):
    """Processes that were started for a scratch directory, or work in it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (entry / "cmdline").read_bytes() + bytes((entry / "cwd").readlink())
            if name.encode() in told:
                found.append(entry.name)
    return found
