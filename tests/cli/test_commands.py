"""Every verb from a script: what it prints, what it keeps, and how it exits."""

import json
import sqlite3
import subprocess
import sys

import pytest

from journeyman.cli.main import COMMANDS, cli

SLUG = "euclidean-distances"
RIGHT = """
import numpy as np

def distances(x, y):
    d = np.asarray(x, float)[:, None, :] - np.asarray(y, float)[None, :, :]
    return np.sqrt((d ** 2).sum(-1))
"""
SQUARED = RIGHT.replace("np.sqrt(", "(")


LEAVING = """
import sys
import pyarrow
from journeyman.cli.main import main

class Held:
    def __del__(self):
        print("taken apart")

held = sys.modules["held"] = Held()
main()
"""


@pytest.mark.parametrize(("words", "status"), [(["--version"], 0), (["skill", "no such"], 2)])
def test_a_process_that_used_arrow_ends_before_the_interpreter_is_taken_apart(words, status):
    done = subprocess.run(
        [sys.executable, "-c", LEAVING, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == status
    assert (done.stdout + done.stderr).startswith("journeyman")
    assert "taken apart" not in done.stdout


def test_help_lists_every_command_and_imports_nothing_heavy():
    code = "import sys; from journeyman.cli.main import run\ntry: run(['--help'])\nfinally: print([m for m in ('numpy', 'sqlalchemy', 'fastapi', 'pydantic', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stdout.rstrip().endswith("[]")


def test_every_command_has_help_and_json(run):
    def walk(group, words):
        for name in group.list_commands(None):
            command = group.get_command(None, name)
            if hasattr(command, "list_commands"):
                yield from walk(command, [*words, name])
            else:
                yield [*words, name], command

    for words, command in walk(cli, []):
        assert run(*words, "--help").code == 0
        assert command.help
        names = {name for option in command.params for name in option.opts}
        assert words == ["run"] or "--json" in names, words


def test_status_gives_every_skill_with_its_uncertainty(run, bank):
    data = run("status --json").json
    assert set(data["skills"]) == set(bank.graph.skills)
    for one in data["skills"].values():
        assert 0 <= one["low"] <= one["mean"] <= one["high"] <= 1
        assert one["sd"] > 0
        assert one["level"] == "unknown"


def test_placement_question_by_question(run):
    first = run("place --json").json
    again = run("place --json").json
    assert first["question"]["attempt"] == again["question"]["attempt"]
    assert "answer" not in first["question"]
    bad = run("place", "--answer", "1,5")
    assert bad.code == 2
    assert bad.err.count("\n") == 1
    done = run("place --dont-know --json").json
    assert done["answered"]["dont_know"]
    assert done["placement"]["asked"] == 1
    stopped = run("place --stop --json").json
    assert stopped["placement"]["open"] is False
    assert run("place --stop").code == 2


def test_practice_exits_with_one_for_a_wrong_answer(run):
    asked = run("practise vectors-norms --json").json["question"]
    answer = "1e9" if asked["kind"] == "number" else "1"
    done = run("practise", "vectors-norms", "--answer", answer, "--json")
    assert done.code == (0 if done.json["answered"]["right"] else 1)
    assert run("practise", "no-such-skill").code == 2


def test_a_question_for_a_script_does_not_hold_its_answer(run):
    for skill in ("vectors-norms", "bayes-theorem", "complexity"):
        data = run("practise", skill, "--json").json["question"]
        assert set(data) == {
            "attempt", "item", "skills", "kind", "prompt", "options", "unit", "reason",
        }  # fmt: skip


def test_an_exercise_in_ones_own_editor(run, tmp_path):
    started = run("start", SLUG, "--json").json
    file = tmp_path / "euclidean-distances" / "euclidean_distances.py"
    assert started["file"] == str(file.relative_to(tmp_path))
    assert run("check", SLUG).code == 1
    file.write_text(SQUARED)
    failed = run("check", SLUG, "--json")
    assert failed.code == 1
    assert failed.json["verdict"] == "failed"
    assert failed.json["category"] == "value"
    assert run("solution", SLUG).code == 2
    assert "Hint 1 of 3" in run("hint", SLUG).out
    assert run("start", SLUG, "--json").json["kept"] is True
    assert file.read_text() == SQUARED
    file.write_text(RIGHT)
    passed = run("check", SLUG, "--json")
    assert passed.code == 0, passed.out
    assert "def distances" in run("solution", SLUG).out
    assert run("status --json").json["skills"]["vectors-norms"]["pieces"] == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00junk", "not UTF-8"),
        (b"", "no code"),
        (b"x = 1\n" * 300_000, "at most"),
        (b"# " + b"x" * 70_000, "at most"),
        (b"a\0b", "NUL"),
    ],
)
def test_files_that_cannot_be_graded_get_a_sentence(run, tmp_path, content, words):
    file = tmp_path / "mine.py"
    file.write_bytes(content)
    done = run("check", SLUG, "--file", str(file))
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1


def test_a_file_with_the_wrong_function_name_is_told_so(run, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(RIGHT.replace("def distances", "def distance"))
    done = run("check", SLUG, "--file", str(file), "--json")
    assert done.code == 1
    assert "distances" in done.json["message"]


def test_missing_files_and_names(run):
    for words in (f"check {SLUG}", f"check {SLUG} --file nowhere.py", "check nothing", "lesson nothing",
                  "skill nothing", "import nowhere", "hint nothing", "place --skill nothing"):  # fmt: skip
        done = run(words)
        assert done.code == 2, words
        assert done.err.count("\n") == 1, done.err
        assert "Traceback" not in done.err


def test_publish_export_import(run, tmp_path):
    run("practise vectors-norms --dont-know")
    assert run("export --out out").code == 0
    lines = (tmp_path / "out" / "record.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["format"] == "journeyman-record"
    assert "nothing new" in run("import out").out
    assert run("publish --out site").code == 0
    assert (tmp_path / "site" / "index.html").is_file()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    refused = run("publish --out other")
    assert refused.code == 2
    assert list((tmp_path / "other").iterdir()) == [tmp_path / "other" / "thesis.txt"]


def test_settings_are_shown_and_changed(run):
    run("settings", "--name", "Grace Hopper", "--minutes", "25")
    data = run("settings --json").json
    assert data["name"] == "Grace Hopper"
    assert data["minutes"] == 25
    assert data["isolation"]["level"] in {"full", "good", "limits-only"}
    assert run("settings --minutes 1").code == 2
    assert run("next --json").json["minutes"] == 25


def test_a_bad_setting_is_named(run, monkeypatch):
    monkeypatch.setenv("JOURNEYMAN_PORT", "many")
    done = run("status")
    assert done.code == 2
    assert "JOURNEYMAN_PORT" in done.err


def test_content_list_names_what_a_script_needs(run):
    rows = run("content list --json").json
    exercise = next(row for row in rows if row["kind"] == "exercise" and row["slug"] == SLUG)
    assert exercise["entry"] == "distances"
    assert exercise["tier"] == "numpy"
    assert {row["kind"] for row in rows} == {"skill", "lesson", "item", "exercise", "role"}


def test_content_check_of_some_entries(run):
    done = run("content check items/which-norm --json")
    assert done.code == 0
    assert done.json["errors"] == []
    assert done.json["counts"]["skills"] >= 60
    assert run("content check items/nothing").code == 2


def test_an_unexpected_failure_shows_no_traceback(run, monkeypatch, tmp_path):
    from journeyman.app import App

    monkeypatch.setattr(App, "map", lambda _self: 1 / 0)
    done = run("status")
    assert done.code == 3
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert "ZeroDivisionError" in (tmp_path / "home" / "journeyman.log").read_text()


def test_wrong_usage(run):
    for words in ("nonsense", "status --nonsense", "practise", "next --minutes 0"):
        assert run(words).code == 2


def test_a_newer_store_is_refused(run, tmp_path):
    run("status")
    with sqlite3.connect(tmp_path / "home" / "journeyman.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    done = run("status")
    assert done.code == 2
    assert "newer" in done.err


def test_terminals_get_formulas_as_text(run):
    for skill in ("derivatives", "gradients", "bayes-theorem"):
        assert "\\" not in run("practise", skill).out
        assert "\\frac" not in run("lesson", skill).out


def test_what_is_no_regular_file_is_refused_at_once(run):
    done = run("check", SLUG, "--file", "/dev/zero")
    assert done.code == 2
    assert "not a file" in done.err


def test_contradictions_and_unknown_names_are_refused(run):
    for words in (
        "place --answer 1 --dont-know",
        "practise svd --answer 1 --dont-know",
        "progress --skill nope",
        "regrade nope",
        "content check --bank .",
    ):
        assert run(words).code == 2, words


def test_a_name_is_one_line(run):
    assert run("settings", "--name", "A\nB\x1b[31m").code == 2


def test_a_missing_curriculum_folder_and_a_foreign_host_are_named(run, monkeypatch):
    monkeypatch.setenv("JOURNEYMAN_CURRICULUM", "/nowhere-at-all")
    done = run("status")
    assert done.code == 2
    assert "/nowhere-at-all" in done.err
    monkeypatch.delenv("JOURNEYMAN_CURRICULUM")
    monkeypatch.setenv("JOURNEYMAN_HOST", "0.0.0.0")
    assert "this machine" in run("status").err


def test_home_in_its_own_file_is_refused(run, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "journeyman.toml").write_text('home = "/elsewhere"\n')
    assert "JOURNEYMAN_HOME" in run("status").err


def test_interrupted_gradings_are_finished(run, tmp_path, make_app):
    from journeyman.settings import Settings

    app = make_app(Settings(home=tmp_path / "home"))
    app.sandbox.error = RuntimeError
    with pytest.raises(RuntimeError):
        app.check(SLUG, RIGHT)
    assert "journeyman finish" in run("next").out
    assert "Passed" in run("finish").out
    assert "has been graded" in run("finish").out


def test_usage_errors_are_one_line(run):
    for words in ("next --minutes x", "practise", "nonsense"):
        assert run(words).err.count("\n") == 1
