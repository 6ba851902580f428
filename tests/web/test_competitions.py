"""The pages of competitions, spoken to without a browser; the long work is waited for."""

from __future__ import annotations

import html
import re
import threading
import time

import pandas as pd
import pytest

from journeyman.app.competitions import Competitions
from journeyman.competitions.arena import CodeFellShort
from journeyman.data import Stopped
from journeyman.errors import Unavailable
from tests.competitions.conftest import SAMPLE, SLUG, contests, housed, make, ready
from tests.web.test_pages import Outline, check_page

__all__ = ["contests", "housed", "make", "ready"]  # fixtures of the feature, used here too

PAGE = f"/competitions/{SLUG}"
BOARD = f"{PAGE}/board"


def words_of(answer) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    return re.sub(r"\s+", " ", text)


def hand_in(client, file, name="", **fields):
    with file.open("rb") as content:
        return client.post(
            f"{PAGE}/submit", data=fields, files={"file": (name or file.name, content)}
        )


def scored(client, contests, file, **fields):
    answer = hand_in(client, file, **fields)
    assert answer.status_code == 303, words_of(answer)
    contests.works.wait(SLUG)
    return client.get(answer.headers["location"])


def test_the_list_names_every_competition_and_where_one_stands(client, contests):
    shown = client.get("/competitions")
    check_page(shown)
    assert "Which parcels will come back?" in shown.text
    assert "no data yet" in shown.text
    assert "Area under the ROC curve" in shown.text
    contests.get(SLUG)
    assert "data are here" in client.get("/competitions").text
    assert 'href="/competitions"' in client.get("/").text


def test_a_broken_entry_is_named_and_hides_no_other(client, app, tmp_path):
    broken = tmp_path / "bank" / "competitions" / "odd"
    broken.mkdir(parents=True)
    (broken / "competition.toml").write_text("slug = 7")
    app.__dict__["competitions"] = Competitions(app, roots=[SAMPLE, tmp_path / "bank"])
    shown = client.get("/competitions")
    assert "Which parcels will come back?" in shown.text
    assert "odd/competition.toml" in shown.text
    assert client.get("/competitions/odd").status_code == 422


def test_an_unknown_competition_is_a_sentence(client, contests):
    for path in ("/competitions/nothing", "/competitions/nothing/board"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "There is no competition 'nothing'" in html.unescape(answer.text)


def test_the_page_tells_the_task_the_metric_and_the_split(client, contests):
    shown = client.get(PAGE)
    check_page(shown)
    words = words_of(shown)
    entry = contests.entry(SLUG)
    assert entry.split.why in words
    assert entry.metric.example in words
    assert "higher is better" in words
    assert "The data are not on this machine yet" in words
    assert 'type="file"' not in shown.text  # nothing can be handed in before
    assert "Data card" in words


def test_the_data_are_got_while_the_page_is_looked_at(client, contests, monkeypatch):
    going = threading.Event()

    def get(slug, progress=None, archives=(), cancel=None):
        from journeyman.data import Progress

        progress(Progress("downloading", 3_000_000, 12_000_000, "a mirror"))
        going.wait(20)
        return Competitions.get(contests, slug)

    monkeypatch.setattr(contests, "get", get)
    answer = client.post(f"{PAGE}/get")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    until(lambda: contests.works.of(SLUG).total)
    shown = client.get(PAGE)
    check_page(shown)
    assert "Getting the data : downloading from a mirror" in words_of(shown)
    assert "3.0 of 12.0 MB" in words_of(shown)
    assert 'value="3000000"' in client.get(f"{PAGE}/work").text
    going.set()
    assert contests.works.wait(SLUG).state == "done"
    assert client.get(f"{PAGE}/work").headers["hx-refresh"] == "true"
    for name in ("train.parquet", "test.parquet", "sample_submission.csv"):
        taken = client.get(f"{PAGE}/files/{name}")
        assert taken.status_code == 200
        assert taken.content == (contests.home(SLUG) / name).read_bytes()
        assert name in taken.headers["content-disposition"]


def until(holds):
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError


def test_only_the_files_for_learners_can_be_taken(client, ready):
    for name in ("prepared.json", "sealed/solution.parquet", "..%2fjourneyman.db", "starter.py"):
        assert client.get(f"{PAGE}/files/{name}").status_code == 404


def test_getting_can_be_stopped_and_continued(client, contests, monkeypatch):
    def get(slug, progress=None, archives=(), cancel=None):
        until(cancel)
        raise Stopped("Stopped; what was downloaded is kept and will be continued.")

    monkeypatch.setattr(contests, "get", get)
    client.post(f"{PAGE}/get")
    assert client.post(f"{PAGE}/work/stop").headers["location"] == PAGE
    assert contests.works.wait(SLUG).state == "stopped"
    words = words_of(client.get(PAGE))
    assert "what was downloaded is kept and will be continued" in words
    assert "Continue" in words
    client.post(f"{PAGE}/work/forget")
    assert "kept and will be continued" not in words_of(client.get(PAGE))


def test_what_fails_is_said_and_can_be_tried_again(client, contests, monkeypatch):
    def get(*_args, **_more):
        raise Unavailable("No source could be used: the disk is full.")

    monkeypatch.setattr(contests, "get", get)
    client.post(f"{PAGE}/get")
    assert contests.works.wait(SLUG).state == "failed"
    words = words_of(client.get(PAGE))
    assert "the disk is full" in words
    assert "Try again" in words


def test_our_own_fault_is_said_without_its_details(client, contests, monkeypatch):
    monkeypatch.setattr(contests, "get", lambda *_a, **_m: 1 / 0)
    client.post(f"{PAGE}/get")
    work = contests.works.wait(SLUG)
    assert "on our side" in work.message
    assert "division" not in client.get(PAGE).text


def test_large_data_are_got_only_when_the_box_is_ticked(client, contests, monkeypatch):
    from dataclasses import replace

    plain = Competitions.entry
    monkeypatch.setattr(
        Competitions, "entry", lambda self, slug: replace(plain(self, slug), opt_in=True)
    )
    answer = client.post(f"{PAGE}/get", headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert contests.works.of(SLUG) is None
    client.post(f"{PAGE}/get", data={"large": "true"})
    assert contests.works.wait(SLUG).state == "done"


def test_after_a_restart_the_page_knows_what_was_broken_off(client, contests, monkeypatch, app):
    def get(slug, progress=None, archives=(), cancel=None):
        until(cancel)
        raise Stopped("Stopped.")

    monkeypatch.setattr(contests, "get", get)
    client.post(f"{PAGE}/get")
    contests.stop()  # as the program does at its end
    app.__dict__["competitions"] = later = Competitions(app, roots=[SAMPLE])
    shown = client.get(PAGE)
    check_page(shown)
    assert "was broken off when Journeyman ended" in words_of(shown)
    client.post(f"{PAGE}/get")
    assert later.works.wait(SLUG).state == "done"
    assert "broken off" not in client.get(PAGE).text
    assert not list((later.folder / ".works").iterdir())


def test_a_submission_is_scored_and_stands_on_the_board(client, ready, make):
    shown = scored(client, ready, make.file(1.5), expect="0.85 +- 0.02", note="first try")
    check_page(shown)
    words = words_of(shown)
    assert "you : mine.csv" in words
    assert "house: constant" in words
    assert "You expected 0.8500 ± 0.0200" in words
    assert "first try" in words
    (mine,) = [one for one in ready.glance(SLUG).lines if one.kind == "you"]
    assert f"{mine.score:.4f}" in words
    assert f"{mine.low:.4f} to {mine.high:.4f}" in words
    assert 'class="dot dot-mine"' in shown.text
    assert "The house field's code" in words


def test_every_error_of_a_file_is_named_at_once_with_its_lines(client, ready, make):
    file = make.file(1.5)
    table = pd.read_csv(file)
    table["returned"] = table["returned"].astype(object)
    table.loc[2, "returned"] = "often"
    table.loc[4, "returned"] = None
    table.loc[6, "order"] = table.loc[5, "order"]
    table.loc[7, "order"] = 10**9
    table.to_csv(file, index=False)
    answer = hand_in(client, file, name="C:\\mine\\best try.csv", expect="0.8 +- 0.1", note="kept")
    assert answer.status_code == 422
    Outline(answer.text)
    words = words_of(answer)
    assert "best try.csv cannot be scored yet" in words
    for part in ("line 4", "line 6", "line 8", "line 9", "ids are missing", "often"):
        assert part in words, part
    assert "/tmp" not in answer.text
    assert 'value="0.8 +- 0.1"' in answer.text
    assert ">kept</textarea>" in answer.text
    assert ready.submissions(SLUG) == ()


def test_a_file_can_be_checked_alone(client, ready, make):
    answer = hand_in(client, make.file(1.5), only="check")
    assert answer.status_code == 200
    assert "mine.csv can be scored" in words_of(answer)
    assert ready.submissions(SLUG) == ()
    constant = hand_in(client, make.file(1.5, returned=0.5), only="check")
    assert "All predictions are the same" in words_of(constant)


@pytest.mark.parametrize(
    ("name", "content", "fields", "said"),
    [
        ("", b"", {}, "Choose the file"),
        ("empty.csv", b"", {}, "empty.csv is empty"),
        ("a.csv", b"order,returned\n", {"expect": "good"}, "is not understood"),
        ("a.py", b"\xff\xfe", {}, "not UTF-8"),
        ("a.py", b"x = 1", {"only": "check"}, "Only predictions"),
        ("a.xlsx", b"PK\x03\x04....", {}, "a.xlsx is a compressed file"),
        ("evil\x1b[2J<b>.csv", b"", {}, "evil?[2J<b>.csv is empty"),
    ],
)
def test_bad_input_is_one_sentence_in_the_page(client, ready, name, content, fields, said):
    answer = client.post(f"{PAGE}/submit", data=fields, files={"file": (name, content)})
    assert answer.status_code in {413, 422}
    assert said in words_of(answer) or said in html.unescape(answer.text)
    assert ready.submissions(SLUG) == ()


def test_uploads_have_a_limit_of_their_own(client, ready, monkeypatch):
    wide = b"order,returned\n" + b"1,0.5\n" * 60_000
    assert len(wide) > 256 * 1024
    answer = client.post(f"{PAGE}/submit", files={"file": ("w.csv", wide)})
    assert answer.status_code == 422
    assert "ids are missing" in answer.text
    monkeypatch.setattr("journeyman.web.guard.LARGEST_FILE", 1000)
    told = client.post(f"{PAGE}/submit", files={"file": ("w.csv", wide)})
    assert told.status_code == 413
    assert "more than 256 MB" in told.text

    def parts():  # without a length in front
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="w.csv"\r\n\r\n'
        yield wide
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    told = client.post(f"{PAGE}/submit", content=parts(), headers=kind)
    assert told.status_code == 413
    assert "more than 256 MB" in told.text


@pytest.mark.parametrize(
    "path", ["get", "baseline", "work/stop", "work/forget", "submit", "note", "hint", "name",
             "close"],
)  # fmt: skip
def test_other_websites_can_change_nothing(client, ready, path):
    answer = client.post(f"{PAGE}/{path}", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert ready.works.of(SLUG) is None


def test_what_was_not_scored_is_scored_after_a_restart(client, ready, make, app):
    done = ready.hand_in(SLUG, make.file(1.5))
    assert done.submission.stage == "submitted"
    shown = client.get(BOARD)  # a page is not kept waiting by it
    check_page(shown)
    ready.works.wait(SLUG)
    (mine,) = ready.submissions(SLUG)
    assert mine.stage == "scored"
    assert "you : mine.csv" in words_of(client.get(BOARD))


def test_code_that_fails_is_told_on_the_board(client, ready, make, tmp_path, monkeypatch):
    def run(*_args):
        raise CodeFellShort("In fit, the name clf is not defined (line 3).")

    monkeypatch.setattr(ready, "_run", run)
    file = tmp_path / "model.py"
    file.write_text("def fit(X, y): clf\ndef predict(X): ...\n")
    shown = scored(client, ready, file)
    assert "the name clf is not defined" in words_of(shown)
    assert ready.submissions(SLUG)[0].stage == "failed"


def test_scoring_can_be_stopped_and_counts_nothing(client, ready, tmp_path, monkeypatch):
    def run(competition, code, solution, watch):
        until(watch.cancel)
        raise CodeFellShort("Your code ended the program before it returned a result.")

    monkeypatch.setattr(ready, "_run", run)
    file = tmp_path / "model.py"
    file.write_text("def fit(X, y): ...\ndef predict(X): ...\n")
    hand_in(client, file)
    assert client.post(f"{PAGE}/work/stop").headers["location"] == BOARD
    assert ready.works.wait(SLUG).state == "stopped"
    assert "you stopped it" in words_of(client.get(BOARD))
    assert ready.submissions(SLUG)[0].stage == "failed"


def test_the_end_of_the_program_does_not_fail_a_submission(client, ready, tmp_path, monkeypatch):
    def run(competition, code, solution, watch):
        until(watch.cancel)
        raise CodeFellShort("Your code ended the program before it returned a result.")

    monkeypatch.setattr(ready, "_run", run)
    file = tmp_path / "model.py"
    file.write_text("def fit(X, y): ...\ndef predict(X): ...\n")
    hand_in(client, file)
    ready.stop()
    assert ready.submissions(SLUG)[0].stage == "submitted"


def test_one_work_at_a_time_for_a_competition(client, ready, monkeypatch):
    monkeypatch.setattr(ready, "baseline", lambda *_a, watch, **_m: until(watch.cancel))
    client.post(f"{PAGE}/baseline")
    refused = client.post(f"{PAGE}/get", headers={"hx-request": "true"})
    assert refused.status_code == 409
    assert "wait for it to end" in refused.text
    assert "Running the house field" in words_of(client.get(BOARD))
    client.post(f"{PAGE}/work/stop")
    ready.works.wait(SLUG)


def test_rungs_say_which_medal_they_stand_for(client, housed, make):
    words = words_of(scored(client, housed, make.file(1.2)))
    assert "gold rung" in words
    assert "0.1 s, 1 MB" in words


def test_hints_names_and_notes(client, ready, make):
    too_good = scored(client, ready, make.file(12.0))
    check_page(too_good)
    assert "too good to be true" in words_of(too_good)
    first, second = ready.entry(SLUG).traps
    assert first.hint not in words_of(too_good)
    told = client.post(f"{PAGE}/hint")
    assert told.headers["location"] == f"{BOARD}?said=hint#traps"
    words = words_of(client.get(f"{BOARD}?said=hint"))
    assert first.hint in words
    assert first.says not in words
    client.post(f"{PAGE}/name")
    words = words_of(client.get(BOARD))
    assert first.says in words
    assert second.says not in words
    (mine,) = ready.submissions(SLUG)
    client.post(f"{PAGE}/note", data={"text": "a\r\nb", "submission": mine.id})
    assert ready.submissions(SLUG)[0].note == "a\nb"
    empty = client.post(f"{PAGE}/note", data={"text": " ", "submission": mine.id})
    assert empty.status_code == 422


def test_a_hint_before_a_submission_is_refused(client, ready):
    assert client.post(f"{PAGE}/hint").status_code == 409


def test_closing_shows_the_private_part_the_shake_up_and_the_estimate(client, housed, make):
    scored(client, housed, make.file(1.2, "a.csv", seed=1), expect="0.7 +- 0.3")
    scored(client, housed, make.file(1.8, "b.csv", seed=2), expect="0.99 +- 0.001")
    before = client.get(BOARD)
    assert "Public board" in before.text
    assert "Shake-up" not in before.text
    chosen = housed.submissions(SLUG)[1].id
    assert f'value="{chosen}"' in before.text
    answer = client.post(f"{PAGE}/close", data={"submission": chosen})
    assert answer.headers["location"] == BOARD
    assert housed.works.wait(SLUG).state == "done"
    shown = client.get(BOARD)
    check_page(shown)
    words = words_of(shown)
    assert "Private board" in words
    outcome = housed.glance(SLUG).outcome
    assert f"You predicted 0.9900 ± 0.0010, it was {outcome['score']:.4f}. It did not hold" in words
    assert "Shake-up" in words
    assert shown.text.count("you stood by it") == 1
    assert "Close it" not in words
    client.post(f"{PAGE}/close")
    assert "was closed on" in housed.works.wait(SLUG).message
    facts = client.get("/progress")
    assert "private score" in words_of(facts)
    assert "own estimate did not hold" in words_of(facts)
    assert "wrong" not in words_of(facts)
    late = scored(client, housed, make.file(3.0, "late.csv", seed=5))
    assert "Practice after closing" in words_of(late)


def test_the_board_before_the_data_says_how_to_get_them(client, contests):
    answer = client.get(BOARD)
    assert answer.status_code == 404
    assert "compete get shop-returns" in answer.text


def test_a_policy_has_no_tables(client, contests):
    shown = client.get("/competitions/cart-pole")
    check_page(shown)
    assert "30 public and 30 private ones of CartPole-v1" in words_of(shown)
    check_page(client.get("/competitions/cart-pole/board"))


@pytest.mark.slow
def test_sealed_labels_ask_for_the_password(client, contests, make_sealed):
    slug, file = make_sealed
    page = f"/competitions/{slug}"
    with file.open("rb") as content:
        client.post(f"{page}/submit", files={"file": ("mine.csv", content)})
    contests.works.wait(slug)
    shown = client.get(f"{page}/board")
    check_page(shown)
    assert "The labels are sealed" in words_of(shown)
    assert "Waits until the labels are opened" in words_of(shown)
    assert client.post(f"{page}/close").status_code == 422
    client.post(f"{page}/close", data={"password": "not the right one"})
    assert contests.works.wait(slug).state == "failed"
    assert "password" in words_of(client.get(f"{page}/board"))
    client.post(f"{page}/close", data={"password": "a good password"})
    assert contests.works.wait(slug).state == "done"
    assert "Private board" in words_of(client.get(f"{page}/board"))


@pytest.fixture
def make_sealed(contests, tmp_path):
    """A competition as a guest gets it, and predictions for it."""
    import numpy as np

    from journeyman.competitions.making import Wishes

    rng = np.random.default_rng(0)
    x = rng.normal(size=400)
    table = pd.DataFrame({"x": x, "y": (x + rng.normal(size=400) > 0).astype(int)})
    table.to_csv(tmp_path / "table.csv", index=False)
    host = Competitions(contests.app, roots=[SAMPLE])
    host.folder = tmp_path / "host"
    host.new(
        tmp_path / "my-contest",
        tmp_path / "table.csv",
        Wishes("y", "random", password="a good password"),
    )
    home = contests.get(str(tmp_path / "my-contest"))
    test = home.table("test")
    file = tmp_path / "guest.csv"
    pd.DataFrame({"id": test["id"], "y": 1 / (1 + np.exp(-test["x"]))}).to_csv(file, index=False)
    return "my-contest", file
