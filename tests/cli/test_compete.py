"""The command line of competitions: exit codes, JSON, one sentence for each mishap."""

import json

import pandas as pd
import pytest

from tests.competitions.conftest import SAMPLE

SLUG = "shop-returns"


@pytest.fixture
def compete(run, monkeypatch):
    monkeypatch.setenv("JOURNEYMAN_CURRICULUM", str(SAMPLE))

    def command(*words):
        return run("compete", *words)

    return command


@pytest.fixture
def here(compete):
    assert compete("get", SLUG).code == 0
    return compete


@pytest.fixture
def sample(tmp_path):
    return str(tmp_path / "home" / "competitions" / SLUG / "sample_submission.csv")


def test_from_list_to_close(here, sample, tmp_path):
    listed = here("list", "--json").json
    (line,) = [one for one in listed["competitions"] if one["slug"] == SLUG]
    assert line["state"] == "here"
    assert listed["faults"] == {}
    assert here("validate", SLUG, sample).code == 0
    done = here("submit", SLUG, sample, "--expect", "0.5 +- 0.01", "--note", "a start")
    assert done.code == 0
    assert "Your score: 0.5000, level L0" in done.out
    better = tmp_path / "better.csv"
    test = pd.read_parquet(tmp_path / "home" / "competitions" / SLUG / "test.parquet")
    table = pd.DataFrame({"order": test["order"], "returned": test["price"]})
    table.to_csv(better, index=False)
    done = here("submit", SLUG, str(better), "--expect", "0.7 +- 0.05", "--json").json
    assert done["submission"]["climbed"]
    assert "draws" not in json.dumps(done)
    board = here("board", SLUG).out
    assert "you: better.csv" in board
    assert "house: constant" in board
    assert "were not run yet: boosting, linear" in board
    notes = here("notes", SLUG).out
    assert "a start" in notes
    assert "expected 0.5000 +- 0.0100" in notes
    closed = here("close", SLUG, "--no-house")
    assert "Medals and evidence go by all of it" in closed.out
    assert "You predicted 0.7000 +- 0.0500, it was" in closed.out
    assert here("close", SLUG).code == 2


def test_errors_are_listed_and_the_exit_status_is_1(here, tmp_path):
    (tmp_path / "bad.csv").write_text("order,returned\n1,x\n")
    found = here("validate", SLUG, "bad.csv")
    assert found.code == 1
    assert "(line 2)" in found.out
    data = here("submit", SLUG, "bad.csv", "--json")
    assert data.code == 1
    assert {one["kind"] for one in data.json["errors"]} == {"type", "unknown", "missing"}
    assert "Nothing was recorded" in here("submit", SLUG, "bad.csv").out
    assert here("notes", SLUG, "--json").json["submissions"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("board", SLUG), "compete get shop-returns"),
        (("validate", SLUG, "x.csv"), "compete get shop-returns"),
        (("get", "nowhere"), "no competition 'nowhere'"),
        (("submit", "nowhere", "x.csv"), "no competition 'nowhere'"),
    ],
)
def test_before_anything_is_here(compete, words, sentence):
    found = compete(*words)
    assert found.code == 2
    assert sentence in found.err
    assert len(found.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("submit", SLUG, "nowhere.csv"), "no file"),
        (("submit", SLUG, "."), "not a file"),
        (("submit", SLUG, "nowhere.py"), "cannot be read"),
        (("submit", SLUG, "x.csv", "--expect", "good"), "not understood"),
        (("baseline", SLUG, "magic"), "no baseline 'magic'"),
        (("notes", SLUG, "--hint"), "after a first submission"),
        (("notes", SLUG, "--house"), "after your first submission"),
        (("notes", SLUG, "--add", "x"), "no submission yet"),
        (("close", SLUG), "Nothing was scored"),
        (("close", SLUG, "--password-file", "nowhere"), "cannot be read"),
    ],
)
def test_mishaps_get_one_sentence_and_exit_status_2(here, words, sentence):
    found = here(*words)
    assert found.code == 2
    assert sentence in found.err
    assert len(found.err.strip().splitlines()) == 1


def test_hints_before_names(here, sample):
    here("submit", SLUG, sample)
    assert here("notes", SLUG, "--name").code == 2
    assert "written only after" in here("notes", SLUG, "--hint").out
    assert "refund is paid" in here("notes", SLUG, "--name").out


def test_a_broken_entry_is_named_and_left_out(compete, monkeypatch, tmp_path):
    folder = tmp_path / "bank" / "competitions" / "odd"
    folder.mkdir(parents=True)
    (folder / "competition.toml").write_text('slug = "odd"\nversion = 0\n')
    monkeypatch.setenv("JOURNEYMAN_CURRICULUM", str(tmp_path / "bank"))
    listed = compete("list", "--json").json
    assert "version" in listed["faults"]["odd"]
    assert compete("board", "odd").code == 2


def test_new_takes_the_password_from_a_file_only(compete, tmp_path):
    pd.DataFrame({"x": range(100), "y": [1.0, 2.5] * 50}).to_csv(tmp_path / "t.csv", index=False)
    words = ("new", "mine", "--data", "t.csv", "--target", "y", "--split", "random")
    assert "--password-file" in compete(*words).err
    (tmp_path / "secret").write_text("")
    assert "is empty" in compete(*words, "--password-file", "secret").err
    (tmp_path / "secret").write_text("correct horse\n")
    made = compete(*words, "--password-file", "secret", "--json")
    assert made.code == 0
    assert made.json["sealed"]
    assert compete("submit", "mine", "mine/sample_submission.csv").code == 0


def test_an_empty_note_is_refused(here, tmp_path):
    found = here("notes", SLUG, "--add", "")
    assert found.code == 2
    assert "1 to 4,000 characters" in found.err


def test_a_folder_of_archives_that_is_not_there_is_named(compete):
    found = compete("get", SLUG, "--archives", "/nowhere")
    assert found.code == 2
    assert "There is no folder /nowhere" in found.err


def test_a_folder_that_is_no_competition_is_named(compete, tmp_path):
    (tmp_path / "empty").mkdir()
    found = compete("get", "./empty")
    assert found.code == 2
    assert "holds no competition.toml" in found.err
