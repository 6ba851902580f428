from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from journeyman.core.bank import Fault
from journeyman.proof.checking import check
from tests.answers import right, wrong

FORBIDDEN_IN_A_STRICT_POLICY = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Outline(HTMLParser):
    """Checks nesting and gathers ids, headings and labels."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.targets: list[str] = []
        self.feed(html)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.targets += (given.get(name) or "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if "id" in dict(attrs):
            self.ids.append(dict(attrs)["id"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def addresses(app) -> list[str]:
    skill = next(iter(app.bank.lessons))
    practised = next(slug for slug, items in app.bank.items_of.items() if items)
    exercise = next(iter(app.bank.exercises))
    return [
        "/",
        "/?skip=1",
        "/?minutes=90",
        "/plan",
        "/plan?saved=goal",
        "/placement",
        "/map",
        f"/skills/{skill}",
        f"/skills/{skill}/why",
        f"/skills/{practised}/test-out",
        f"/practise/{practised}",
        "/exercises",
        "/exercises?area=algorithms&standing=new",
        "/exercises?standing=gave-up",
        f"/exercises/{exercise}",
        "/progress",
        "/progress?source=placement",
        f"/progress?source=exercise&skill={skill}",
        "/portfolio",
        "/settings",
    ]


def check_page(answer) -> None:
    assert answer.status_code == 200, answer.text
    found = Outline(answer.text)
    assert len(found.ids) == len(set(found.ids)), "ids are unique"
    assert set(found.targets) <= set(found.ids), "labels and descriptions point somewhere"
    assert found.headings.count(1) == 1
    steps = zip(found.headings, found.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), found.headings
    assert '<html lang="en"' in answer.text
    assert not FORBIDDEN_IN_A_STRICT_POLICY.search(answer.text)
    assert re.search(r"<title>[^<·]+ · Journeyman</title>", answer.text)


def test_every_page_of_an_empty_record(client, app):
    for address in addresses(app):
        check_page(client.get(address))


def test_every_page_of_a_used_record(client, app, answer):
    attempts = answer(6)
    exercise = next(iter(app.bank.exercises))
    app.check(exercise, "wrong code")
    app.hint(exercise)
    app.check(exercise, "right code")
    fact = app.progress().facts[-1]
    more = [
        f"/placement/answers/{attempts[0]}",
        f"/placement/answers/{attempts[1]}",
        f"/evidence/{fact.id}",
        f"/exercises/{exercise}?attempt={app.exercise(exercise).handed[0].attempt}",
        "/exercises?standing=passed",
    ]
    for address in [*addresses(app), *more]:
        check_page(client.get(address))
    app.stop_placement()
    check_page(client.get("/placement"))


def test_first_visit_offers_placement_and_may_be_skipped(client):
    welcome = client.get("/").text
    assert "Begin the placement" in welcome
    assert "Skip it" in welcome
    assert "<h1>Today</h1>" in client.get("/?skip=1").text


def test_today_is_sized_by_the_minutes(client, app, answer):
    answer(3)
    for minutes in (15, 90):
        page = client.get(f"/?minutes={minutes}").text
        assert re.search(rf'href="/\?minutes={minutes}" aria-current="true"', page)
        for step in app.today(minutes).steps:
            assert step.why.replace("'", "&#39;") in page


def test_today_goes_on_with_an_open_placement(client, answer):
    answer(2)
    assert "Your placement is not finished" in client.get("/").text


def test_theme_is_written_into_the_page_and_switched_without_scripts(client):
    assert "data-theme" not in client.get("/").text.split("<head>")[0]
    answer = client.post("/theme")
    assert answer.status_code == 303
    assert '<html lang="en" data-theme="dark">' in client.get("/").text
    client.post("/theme")
    assert '<html lang="en" data-theme="light">' in client.get("/").text
    client.cookies.set("theme", '"><script>')
    assert "data-theme=" not in client.get("/").text.split("<head>")[0]


def test_map_links_every_skill_twice_and_says_its_level(client, app):
    page = client.get("/map").text
    for slug in app.bank.graph.skills:
        assert page.count(f'href="/skills/{slug}"') == 2
    assert page.count('class="map-edge"') == sum(
        len(skill.requires) for skill in app.bank.graph.skills.values()
    )


def test_skill_page_shows_lesson_neighbours_and_evidence(client, app, answer):
    answer(8)
    slug = next(slug for slug in app.progress().facts[0].skills if slug in app.bank.lessons)
    page = client.get(f"/skills/{slug}").text
    lesson = app.bank.lessons[slug]
    assert 'svg xmlns="http://www.w3.org/2000/svg"' in page
    assert lesson.figure_alt.split("&")[0].split("'")[0][:40] in page
    for other in app.bank.graph.skills[slug].requires:
        assert f'href="/skills/{other}"' in page
    for reference in lesson.references:
        assert reference.url.replace("&", "&amp;") in page
    assert 'href="/evidence/' in page


def test_practice_goes_from_question_to_outcome_to_the_next(client, app):
    slug = next(slug for slug, items in app.bank.items_of.items() if items)
    client.get(f"/practise/{slug}")
    asked = app.practise(slug)
    data = {"attempt": asked.attempt, "given": right(asked)}
    answer = client.post(f"/practise/{slug}/answers", data=data)
    assert answer.status_code == 303
    outcome = client.get(answer.headers["location"]).text
    assert "Right</h2>" in outcome
    assert "Next question" in outcome
    again = client.post(f"/practise/{slug}/answers", data={**data, "given": wrong(asked)})
    assert "Right</h2>" in client.get(again.headers["location"]).text, "the first answer stands"


def test_progress_pages_and_filters(client, app, clock):
    slug = next(slug for slug, items in app.bank.items_of.items() if items)
    for _ in range(53):
        asked = app.practise(slug)
        app.answer_practice(asked.attempt, right(asked))
    first = client.get("/progress").text
    assert "1 to 50 of 53" in first
    older = re.search(r'href="(/progress\?offset=50)#ledger"', first)[1]
    assert "51 to 53 of 53" in client.get(older).text
    assert "Nothing on the record matches" in client.get("/progress?source=exercise").text
    assert re.search(r">53<|: 53", first), "the busiest day is counted"


def test_evidence_page_holds_all_that_a_check_needs(client, app, answer):
    answer(1)
    fact = app.progress().facts[0]
    page = client.get(f"/evidence/{fact.id}").text
    for value in (fact.id, fact.sha256, str(fact.seed), fact.attempt, fact.slug):
        assert value in page
    for slug in fact.skills:
        assert f'href="/skills/{slug}"' in page


def test_portfolio_preview_and_publishing(client, app, settings):
    exercise = next(iter(app.bank.exercises))
    app.check(exercise, "# right\nx = 1\n")
    assert "1 exercise" in client.get("/portfolio").text
    preview = client.get("/portfolio/site/index.html")
    style = client.get("/portfolio/site/portfolio.css")
    assert style.headers["content-type"].startswith("text/css")
    assert client.post("/portfolio/publish").headers["location"] == "/portfolio?published=true"
    folder = settings.home / "portfolio"
    assert (folder / "portfolio.css").read_text("utf-8") == style.text
    published = (folder / "index.html").read_text("utf-8")
    assert app.bank.exercises[exercise].title.split("'")[0] in published
    assert "This is a preview" in preview.text
    assert check(str(folder)).verified
    assert str(folder) in client.get("/portfolio?published=true").text


def test_settings_change_and_export(client, app, settings):
    page = client.get("/settings").text
    assert str(settings.home) in page
    assert "The code cannot read your files." in page
    answer = client.post("/settings", data={"name": "Ada <b>", "minutes": "30"})
    assert answer.headers["location"] == "/settings?saved=true"
    assert "Ada &lt;b&gt;" in client.get("/settings?saved=true").text
    assert app.minutes == 30
    refused = client.post("/settings", data={"name": " ", "minutes": "30"})
    assert refused.status_code == 422
    exported = client.post("/settings/export")
    assert "Exported to" in exported.text
    assert list((settings.home / "exports").iterdir())


def test_faults_of_the_bank_are_named(client, app):
    fault = Fault("items/broken/item.toml", 7, "form", "title: Field required")
    app.__dict__["bank"] = replace(app.bank, faults=(fault,))
    page = client.get("/settings").text
    assert "1 fault was found" in page
    assert "items/broken/item.toml:7" in page
    assert "form: title: Field required" in page
