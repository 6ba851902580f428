"""``journeyman audit`` and ``journeyman review`` as a person or a script meets them."""

import json
import subprocess
import sys

import pytest

from journeyman.cli import main


def run(*words, cwd):
    return subprocess.run(
        [sys.executable, "-m", "journeyman.cli.main", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def place(tmp_path):
    (tmp_path / "t.csv").write_text(
        "a,b\n" + "".join(f"{i % 17},{i * 0.37:.2f}\n" for i in range(99))
    )
    (tmp_path / "work.py").write_text("import numpy as np\nx = np.random.rand(3)\n")
    return tmp_path


def test_audit_prints_json_and_draws(place):
    done = run("audit", "t.csv", "--json", "--svg", "t.svg", cwd=place)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == 99
    assert (place / "t.svg").read_text().count("<svg") == 1


@pytest.mark.slow
def test_review_exits_with_one_where_there_is_a_fault(place):
    done = run("review", "work.py", cwd=place)
    assert done.returncode == 1
    assert "work.py:2" in done.stdout
    (place / "work.py").write_text("x = 1\n")
    assert run("review", "work.py", cwd=place).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "none.csv"),
        ("review", "none"),
        ("audit", "t.csv", "--target", "zzz"),
        ("audit", "t.csv", "--svg", "no/where.svg"),
    ],
)
def test_bad_input_is_one_line_and_status_two(place, words, monkeypatch, capsys):
    monkeypatch.chdir(place)
    with pytest.raises(SystemExit) as ended:
        main.run(list(words))
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Traceback" not in told
