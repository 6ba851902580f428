import json

import pytest

from journeyman.cli import main
from tests.data.conftest import CSV


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, bank):
    """Runs a command with a data directory of its own and the small bank; returns status and text."""
    monkeypatch.setenv("JOURNEYMAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOURNEYMAN_CURRICULUM", str(bank))
    monkeypatch.delenv("JOURNEYMAN_DATA_ARCHIVES", raising=False)

    def command(*words):
        with pytest.raises(SystemExit) as left:
            main.run(["data", *words])
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return command


@pytest.fixture
def mine(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "people.csv").write_bytes(CSV)
    return folder


def test_get_where_list_drop(run, mine, tmp_path):
    status, out, err = run("get", "tiny", "--archives", str(mine))
    place = tmp_path / "home" / "data" / "tiny"
    assert (status, str(place) in out) == (0, True)
    assert "tiny: Converting 1 table" in err
    assert run("where", "tiny")[:2] == (0, f"{place}\n")
    listed = {one["id"]: one for one in json.loads(run("list", "--json")[1])}
    assert listed["tiny"]["folder"] == str(place)
    assert listed["adult"]["folder"] is None
    assert run("drop", "tiny")[0] == 0
    assert not place.exists()


def test_archives_from_the_environment(run, mine, monkeypatch):
    monkeypatch.setenv("JOURNEYMAN_DATA_ARCHIVES", str(mine))
    status, out, err = run("get", "tiny", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["tiny"].endswith("tiny")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["get"], "Name a data set"),
        (["get", "nope"], "no data set 'nope'"),
        (["get", "cifar-10"], "--large only"),
        (["get", "adult", "--archives", "/nowhere"], "There is no folder /nowhere"),
        (["where", "adult"], "journeyman data get adult"),
        (["where", "nope"], "no data set 'nope'"),
        (["drop", "nope"], "no data set 'nope'"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(run, words, said):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_list_for_people_shows_size_licence_and_title(run):
    status, out, _ = run("list")
    line = next(line for line in out.splitlines() if line.startswith("movielens-100k"))
    assert status == 0
    assert "2.1 MB" in line
    assert "GroupLens" in line
