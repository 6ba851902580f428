"""A whole record as open formats and back, and what a damaged export is told."""

import json

import pytest

from journeyman.errors import Conflict, Invalid
from journeyman.settings import Settings
from journeyman.store import ledger
from tests.store.test_ledger import some_activity


@pytest.fixture
def exported(app, clock, tmp_path):
    some_activity(app, clock, steps=12)
    app.place()
    app.change(name="Ada", minutes=30)
    app.export(tmp_path / "out")
    return tmp_path / "out"


def test_import_into_an_empty_record_gives_the_same_mastery(app, exported, make_app, tmp_path):
    other = make_app(Settings(home=tmp_path / "other"))
    done = other.import_(exported)
    assert done.added["evidence"] == app.progress().total
    with app.reading() as one, other.reading() as two:
        assert ledger.rows(one, app.fold) == ledger.rows(two, other.fold)
    assert other.learner.name == "Ada"
    assert other.minutes == 30
    assert [e.tries for e in other.exercises()] == [e.tries for e in app.exercises()]


def test_sources_are_files_of_their_own(exported):
    files = sorted((exported / "sources" / "euclidean-distances").glob("*.py"))
    assert len(files) == 3
    assert any("right" in file.read_text() for file in files)


def test_importing_twice_changes_nothing(app, exported):
    before = app.progress().total
    done = app.import_(exported / "record.jsonl")
    assert done.added == {}
    assert app.progress().total == before


def test_two_machines_are_merged(app, exported, make_app, clock, tmp_path):
    other = make_app(Settings(home=tmp_path / "other"))
    some_activity(other, clock, steps=4, seed=9)
    own = other.progress().total
    other.import_(exported)
    assert other.progress().total == own + app.progress().total
    with other.reading() as session:
        assert ledger.rows(session, other.fold) == ledger.folded(session, other.fold)


def damage(exported, change):
    file = exported / "record.jsonl"
    lines = file.read_text().splitlines()
    change(lines)
    file.write_text("\n".join(lines) + "\n")
    return file


def edit(number, **values):
    def change(lines):
        lines[number] = json.dumps({**json.loads(lines[number]), **values})

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines.__setitem__(3, lines[3][:40]), "Line 4 is not JSON"),
        (lambda lines: lines.__setitem__(2, "[1, 2]"), "Line 3 is not a JSON object"),
        (lambda lines: lines.pop(0), "first line is no header"),
        (edit(0, version=99), "newer than this program"),
        (edit(-1, type="spell"), "type 'spell', which is not known"),
        (edit(3, surprise=1), r"Line 4 .*surprise: Extra inputs"),
        (edit(3, at="yesterday", opened_at="yesterday"), "Line 4 "),
        (lambda lines: lines.__setitem__(3, "[" * 100_000), "Line 4 is not JSON"),
        (lambda lines: lines.clear(), "Line 1 is not JSON"),
    ],
)
def test_a_damaged_export_names_its_line_and_writes_nothing(
    exported, make_app, tmp_path, change, words
):
    file = damage(exported, change)
    other = make_app(Settings(home=tmp_path / "other"))
    with pytest.raises(Invalid, match=words):
        other.import_(file)
    assert other.progress().total == 0


def test_evidence_of_the_same_name_and_other_content_is_refused_whole(app, exported):
    def forge(lines):
        for number, line in enumerate(lines):
            data = json.loads(line)
            if data["type"] == "evidence":
                lines[number] = json.dumps({**data, "score": 1.0 - data["score"]})
                return

    before = app.mastery()
    with pytest.raises(Conflict, match="never changed"):
        app.import_(damage(exported, forge))
    assert {s: m.pieces for s, m in app.mastery().items()} == {
        s: m.pieces for s, m in before.items()
    }


def of_kind(kind, **values):
    """Edits the first line of a kind."""

    def change(lines):
        number = next(i for i, line in enumerate(lines) if json.loads(line)["type"] == kind)
        edit(number, **values)(lines)

    return change


@pytest.mark.parametrize(
    "change",
    [
        of_kind("evidence", score=7.5),
        of_kind("evidence", score=float("nan")),
        of_kind("evidence", strength=-5),
        of_kind("evidence", strength=1e308),
        of_kind("evidence", guess=1.0),
        of_kind("evidence", seed=10**26),
        of_kind("evidence", skills={}),
        of_kind("evidence", skills={"svd": 4}),
        of_kind("evidence", at="2099-01-01T00:00:00+00:00"),
        of_kind("evidence", at="2026-01-01T00:00:00"),
        of_kind("evidence", attempt="0" * 28),
        of_kind("evidence", sha256="x"),
        of_kind("evidence", source="gossip"),
        of_kind("attempt", state="perfect"),
    ],
)
def test_values_that_no_ledger_holds_are_refused(exported, make_app, tmp_path, change):
    file = damage(exported, change)
    other = make_app(Settings(home=tmp_path / "other"))
    with pytest.raises(Invalid, match=r"Line \d+"):
        other.import_(file)
    assert other.progress().total == 0


def test_a_file_that_is_not_there(app, tmp_path):
    with pytest.raises(Invalid, match="There is no"):
        app.import_(tmp_path / "nowhere")


def test_bytes_that_are_no_text(app, tmp_path):
    file = tmp_path / "x.jsonl"
    file.write_bytes(bytes(range(256)) * 50)
    with pytest.raises(Invalid):
        app.import_(file)
