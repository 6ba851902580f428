"""The portfolio over what the other features really leave: a closed competition, a project."""

from __future__ import annotations

import json
import shutil

import pytest

from journeyman.proof.checking import check
from tests.competitions.conftest import (  # noqa: F401 - fixtures
    SLUG,
    Maker,
    contests,
    housed,
    ready,
)
from tests.portfolio import reading
from tests.projects.conftest import made, projects, repo  # noqa: F401 - fixtures

pytestmark = pytest.mark.slow


def test_a_closed_competition_is_shown_with_its_ties_and_scored_again(
    app,
    housed,  # noqa: F811
    tmp_path,
):
    make = Maker(housed, tmp_path)
    assert housed.submit(SLUG, make.file(2.0), expect="0.8 +- 0.1").submission
    housed.close(SLUG)
    site = tmp_path / "site"
    done = app.publishing.publish(site)
    assert done.claims >= 1
    text = (site / "competitions.html").read_text("utf-8")
    assert "on the board" in text
    assert "My own estimate" in text
    outcome = app.publishing.portfolio().competitions[0]
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "labels.csv").write_bytes(app.proof.labels(SLUG))
    found = check(str(site), "rescore", data=labels)
    assert found.verified
    claim = next(one for one in found.claims if one.statement.startswith("Private score"))
    assert found.reached[claim.id] == "rescore"
    assert claim.value == outcome.measured.value
    shutil.rmtree(app.publishing.home / "competitions")
    app.publishing._seen.clear()
    again = app.publishing.publish(site)
    assert again.claims == done.claims  # the data are gone, what was claimed with them stays
    assert check(str(site), "rescore", data=labels).reached[claim.id] == "rescore"


def test_a_project_that_was_handed_in_has_its_page(app, projects, repo, tmp_path):  # noqa: F811
    projects.run(repo)
    projects.final(repo)
    done = projects.submit(repo, code_url="https://code.example/ada/shop")
    site = tmp_path / "site"
    published = app.publishing.publish(site)
    assert not any("dossier" in one for one in published.notes)
    page = (site / "projects" / "shop.html").read_text("utf-8")
    for words in ("hidden hold-out", "validation", "Decision log", "The price tells nothing"):
        assert words in page, words
    assert page.count("<figure") >= 2
    assert reading.dead_links(site) == []
    assert reading.twice(site) == []
    bundled = next((done.folder / "bundle").glob("proof/claims/*.json"))
    claim = json.loads(bundled.read_bytes())["claim"]["id"]
    assert f'data-claim="{claim}"' in page
    found = check(str(site), "rescore")
    assert found.verified
    assert found.reached[claim] == "rescore"
