"""The pages of projects: what is asked, and what there is so far."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from journeyman.app.projects import Projects
from journeyman.projects import service
from journeyman.projects.runs import Run, Runs, Score
from journeyman.store import building
from tests.web.test_pages import check_page

SAMPLE = Path(__file__).parents[1] / "projects" / "sample"


@pytest.fixture
def projects(app):
    made = Projects(app, roots=[SAMPLE])
    app.__dict__["projects"] = made
    return made


@pytest.fixture
def started(projects, tmp_path):
    """A guided project in the record, with one run and a check, without making any of it."""
    folder = tmp_path / "mine"
    folder.mkdir()
    entry = projects.entry("tiny-shop")
    with projects.app.writing() as session:
        built = service.start(
            session, "tiny-shop", version=2, sha256=entry.sha256, title=entry.title,
            folder=str(folder), holdout=None,
        )  # fmt: skip
        checked = {
            "passed": False, "faults": 1, "met": 9, "asked": 11,
            "findings": [{"kind": "x", "severity": "fault", "title": "A leak <b>", "what": "It leaks.",
                          "place": "a.py:3", "lesson": "data-leakage"}],
            "repository": [{"name": "readme", "title": "README", "met": False, "told": "None."}],
        }  # fmt: skip
        building.change(session, built.id, checked=checked)
    score = Score("auc", "AUC", 0.75, 0.7, 0.8, 90, "higher")
    Runs(folder).write(
        Run(
            "20260302T090507-ab12",
            "tiny-shop",
            "done",
            "2026-03-02T09:05:07+00:00",
            metrics=(score,),
        )
    )
    return folder


def test_the_list_says_what_there_is_and_how_to_start(client, projects):
    shown = client.get("/projects")
    check_page(shown)
    text = html.unescape(shown.text)
    assert "Which baskets come back?" in text
    assert "not started" in text
    assert "journeyman project new --data FILE" in text


def test_an_empty_bank_is_told(client, app, tmp_path):
    app.__dict__["projects"] = Projects(app, roots=[tmp_path])
    assert "no guided project" in client.get("/projects").text


def test_a_broken_entry_is_named(client, app, tmp_path):
    place = tmp_path / "projects" / "broken"
    place.mkdir(parents=True)
    (place / "project.toml").write_text("slug = 3")
    app.__dict__["projects"] = Projects(app, roots=[tmp_path])
    assert "broken was left out" in client.get("/projects").text


def test_a_new_project_shows_what_is_asked(client, projects):
    shown = client.get("/projects/tiny-shop")
    check_page(shown)
    text = html.unescape(shown.text)
    for said in (
        "I run the shop", "later baskets", "a false alarm 1, a miss 4 EUR", "at most 20 ms",
        "A first honest run", "By time, with the reason", "An excellent project",
        "journeyman project new tiny-shop DIR",
    ):  # fmt: skip
        assert said in text, said
    assert "Last check" not in text


def test_a_started_project_shows_runs_check_and_re_run(client, started):
    shown = client.get("/projects/tiny-shop")
    check_page(shown)
    assert "0.7500 (0.7000 to 0.8000)" in shown.text
    assert "auc" not in shown.text  # titles, not names
    assert "A leak &lt;b&gt;" in shown.text
    assert "It leaks." in shown.text
    assert "9 of 11 checks" in shown.text
    assert "Nobody ran it again yet" in shown.text
    assert "keeps no hold-out" in shown.text


def test_a_run_with_a_damaged_record_and_a_lost_folder_break_no_page(client, started):
    (started / ".journeyman" / "runs" / "20260302T090507-ab12" / "run.json").write_text(
        json.dumps([1])
    )
    assert "There is no run yet" in client.get("/projects/tiny-shop").text
    started.rename(started.with_name("moved"))
    assert "moved" in client.get("/projects/tiny-shop").text


def test_a_project_that_was_handed_in_shows_what_its_stages_rest_on(client, started, projects):
    built = projects.built("tiny-shop")
    with projects.app.writing() as session:
        stage = {"title": "A first honest run", "score": 0.75, "rests_on": "lock: met; tests: met"}
        submitted = {
            "score": 0.9, "method": 1.0, "result": 1.0, "words": 0.5, "again": 1.0,
            "stages": {"first-run": stage},
        }  # fmt: skip
        again = {
            "level": "Reproduced", "metric": "auc", "again": 0.75, "recorded": 0.75,
            "isolation": "good",
        }  # fmt: skip
        building.change(session, built.id, submitted=submitted, reproduced=again)
    shown = client.get("/projects/tiny-shop")
    check_page(shown)
    for said in ("90 of 100: method 100", "75 of 100", "lock: met; tests: met", "ran confined"):
        assert said in shown.text, said
    assert "AUC 0.7500, recorded 0.7500" in shown.text


def test_an_unknown_project_is_not_found(client, projects):
    shown = client.get("/projects/nothing")
    assert shown.status_code == 404
    assert "no project" in html.unescape(shown.text)
