"""``journeyman grade`` for one file and for a class's folder; nothing is recorded."""

import shutil

from journeyman.curriculum import builtin
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
