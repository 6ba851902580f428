"""The published site: what it shows, what it keeps private, and whether it holds together."""

import json
import re
from html.parser import HTMLParser

import pytest

from journeyman.errors import Conflict
from tests.answers import right, wrong
from tests.study.test_study import practise_well


class Links(HTMLParser):
    """Collects ids and addresses, and checks that elements nest."""

    VOID = {"meta", "link", "line", "circle", "br"}  # noqa: RUF012

    def __init__(self):
        super().__init__()
        self.links, self.ids, self.open = [], set(), []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.ids |= {given["id"]} if "id" in given else set()
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        pass


@pytest.fixture
def published(app, tmp_path):
    app.change(name="Ada <Lovelace>")
    practise_well(app, "bayes-theorem")
    asked = app.practise("bayes-theorem")
    app.answer_practice(asked.attempt, wrong(asked))
    app.check("euclidean-distances", "no")
    app.check("euclidean-distances", "# right & <mine>\nprivate = 1\n")
    app.publish(tmp_path / "site")
    return tmp_path / "site"


def test_every_link_leads_somewhere_inside_the_site(published):
    pages = {}
    for file in published.rglob("*.html"):
        parser = Links()
        parser.feed(file.read_text())
        parser.close()
        assert parser.open == [], file
        pages[file.resolve()] = parser
    for file, parser in pages.items():
        for link in parser.links:
            place, _, anchor = link.partition("#")
            target = (file.parent / place).resolve() if place else file
            assert target.is_file(), (file, link)
            if anchor:
                assert anchor in pages[target].ids, (file, link)


def test_it_shows_what_was_done_with_its_evidence(published, app):
    index = (published / "index.html").read_text()
    assert "Ada &lt;Lovelace&gt;" in index
    assert "Bayes" in index
    exercise = (published / "exercises" / "euclidean-distances.html").read_text()
    assert "right &amp; &lt;mine&gt;" in exercise
    assert app.bank.exercises["euclidean-distances"].sha256 in exercise
    facts = [json.loads(line) for line in (published / "evidence.jsonl").read_text().splitlines()]
    assert {fact["score"] for fact in facts} == {0.0, 1.0}
    assert all(re.fullmatch("[0-9a-f]{64}", fact["sha256"]) for fact in facts)


def test_answers_given_stay_private(published):
    facts = (published / "evidence.jsonl").read_text()
    assert '"given"' not in facts
    assert "detail" not in facts


def test_an_empty_record_publishes_a_page_that_says_so(app, tmp_path):
    app.publish(tmp_path / "site")
    assert "nothing to show yet" in (tmp_path / "site" / "index.html").read_text()


def test_publishing_again_replaces_and_foreign_files_are_never_touched(published, app, tmp_path):
    app.publish(published)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "index.html").write_text("mine")
    with pytest.raises(Conflict, match="did not write"):
        app.publish(foreign)
    (tmp_path / "file").write_text("x")
    with pytest.raises(Conflict, match="is a file"):
        app.publish(tmp_path / "file")
    assert (foreign / "index.html").read_text() == "mine"


def test_a_skill_that_is_only_inferred_is_not_claimed(app):
    practise_well(app, "pca")
    shown = {one.skill.slug for one in app.portfolio().skills}
    inferred = {s for s, m in app.mastery().items() if m.level == "held" and m.pieces == 0}
    assert not shown & inferred
    asked = app.practise("svd")
    app.answer_practice(asked.attempt, right(asked))
    assert all(one.evidence for one in app.portfolio().skills)


def test_giving_up_first_is_told(app, tmp_path):
    app.check("euclidean-distances", "no")
    app.give_up("euclidean-distances")
    app.check("euclidean-distances", "right")
    app.publish(tmp_path / "site")
    page = (tmp_path / "site" / "exercises" / "euclidean-distances.html").read_text()
    assert "after seeing the solution" in page
    facts = [json.loads(x) for x in (tmp_path / "site" / "evidence.jsonl").read_text().splitlines()]
    assert [fact["how"] for fact in facts] == ["graded", "gave-up", "graded"]
