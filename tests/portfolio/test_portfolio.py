"""The published site: what it shows, what it keeps private, and whether it holds together."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from journeyman.portfolio import choices
from tests.answers import right
from tests.portfolio import making, reading
from tests.portfolio.resume_schema import faults
from tests.study.test_study import practise_well

ATOM = "{http://www.w3.org/2005/Atom}"
LIMIT = 150 * 1024  # bytes of a page with all that it loads, gzipped


def text(site, name):
    return (site / name).read_text("utf-8")


def test_every_page_is_valid_links_lead_somewhere_and_nothing_is_heavy(full):
    assert len(reading.pages(full)) > 20
    assert reading.dead_links(full) == []
    assert reading.twice(full) == []
    assert max(reading.weight(full, page) for page in reading.pages(full)) < LIMIT


def test_no_page_asks_another_host_for_anything(full):
    for page in reading.pages(full):
        for element in reading.parsed(page).iter():
            assert not (element.get("src") or "").startswith(reading.OUTSIDE), page
            assert element.tag != "link" or not element.get("href").startswith("http"), page
            assert element.get("style") is None, page
        source = page.read_text("utf-8")
        assert "onload" not in source
        assert page.name == "404.html" or "script-src 'self' file:" in source


def test_a_checker_of_links_that_would_tell(copy):
    page = copy / "contact.html"
    page.write_text(page.read_text("utf-8").replace('href="index.html"', 'href="gone.html"'))
    assert reading.dead_links(copy) == ["contact.html: gone.html"]
    page.write_text(page.read_text("utf-8").replace("gone.html", "index.html#nowhere"))
    assert reading.dead_links(copy) == ["contact.html: index.html#nowhere"]


def test_each_source_of_evidence_has_its_page(full):
    index = text(full, "index.html")
    assert "Ada O&#39;Neill &amp; Søn" in index
    assert "Machine-learning engineer for logistics" in index
    places = [index.index(f'id="{name}"') for name in ("projects", "competitions", "skills")]
    assert places == sorted(places)
    project = text(full, "projects/late-parcels.html")
    for words in (
        "What is asked", "Who needs it", "The shift lead", "Data card", "Decision log",
        "What did not work", "Model card", "logistic regression", "Reproduced",
        "clearly better than the baseline", "looked at twice", "4f2a9c81d0",
        "https://code.example/ada/late-parcels", "late-parcels/charts-calibration.svg",
    ):  # fmt: skip
        assert words in project, words
    bare = text(full, "projects/bird-songs.html")
    for words in ("What is asked", "Who needs it", "Data card", ">Code<", "badge"):
        assert words not in bare, words
    contests = text(full, "competitions.html")
    for words in ("gold medal", "Level L1", "held.", "rung 4 of 4", "The signed claim"):
        assert words in contests, words
    exercise = text(full, "exercises/euclidean-distances.html")
    assert "right &amp; &lt;mine&gt;" in exercise
    assert "at try 2" in exercise
    assert "The evidence" in text(full, "skills/pca.html")
    assert "A library for tables" in text(full, "collaboration.html")
    assert "Reviews received" in text(full, "collaboration.html")
    timeline = text(full, "timeline.html")
    assert timeline.index("March 2026") < timeline.index("February 2026")
    assert "mailto:ada@example.org" in text(full, "contact.html")


def test_writing_has_maths_code_charts_and_a_feed(full):
    post = text(full, "writing/leak.html")
    assert post.count("<math") == 2
    assert 'display="block"' in post
    assert '<span class="k">def</span>' in post
    assert '<polyline class="series-2"' in post
    assert "<td>0.70</td>" in post
    assert 'href="second.html"' in post
    assert "script" not in text(full, "writing/leak/loss.svg")
    feed = ET.parse(full / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [one.find(f"{ATOM}title").text for one in entries] == [
        "Second thoughts",
        "A column that knew the answer",
    ]
    for one in (feed, *entries):
        assert one.find(f"{ATOM}id").text
        assert one.find(f"{ATOM}updated").text.endswith("+00:00")
    assert "secret" not in "".join(p.read_text("utf-8") for p in reading.pages(full))


def test_private_things_stay_private(full):
    everything = "".join(
        file.read_text("utf-8", "replace") for file in full.rglob("*") if file.is_file()
    )
    for words in ("a private note", '"given"', '"detail"', "secret", "model.py"):
        assert words not in everything, words
    for line in text(full, "evidence.jsonl").splitlines():
        fact = json.loads(line)
        assert "detail" not in fact
        assert re.fullmatch("[0-9a-f]{64}", fact["sha256"])


def test_the_resume_is_in_the_form_of_json_resume(full):
    resume = json.loads(text(full, "resume.json"))
    assert faults(resume) == []
    assert faults({**resume, "work": {"name": "not a list"}})
    assert faults({**resume, "basics": {"url": "not a url"}})
    assert resume["basics"]["label"] == "Machine-learning engineer for logistics"
    assert resume["work"][0]["name"] == "Northern Rail"
    project = next(one for one in resume["projects"] if one["name"].startswith("Which"))
    linked = project["claims"][0]
    claim = json.loads(text(full, linked["file"]))["claim"]
    assert claim["value"] == linked["value"] == 0.8312
    assert "Northern Rail" in text(full, "cv.html")


def test_addresses_are_whole_where_one_was_chosen(own, tmp_path):
    site = tmp_path / "site"
    own.publishing.publish(site, address="https://ada.example/me")
    root = "https://ada.example/me/"
    found = ET.parse(site / "sitemap.xml").getroot()
    places = {one.text for one in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert root in places
    assert f"{root}projects/late-parcels.html" in places
    for place in places:
        assert (site / (place.removeprefix(root) or "index.html")).is_file()
    assert f"Sitemap: {root}sitemap.xml" in text(site, "robots.txt")
    assert f'<meta property="og:url" content="{root}cv.html">' in text(site, "cv.html")
    assert f"{root}writing/leak.html" in text(site, "feed.xml")
    assert f'href="{root}"' in text(site, "404.html")
    assert faults(json.loads(text(site, "resume.json"))) == []
    data = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', text(site, "index.html")
    )
    person = json.loads(data[1])
    assert person["@type"] == "Person"
    assert person["url"] == root
    assert "https://talks.example/ada?a=1&b=2" in person["sameAs"]
    assert reading.dead_links(site) == []


def test_an_empty_record_publishes_a_page_that_says_so(app, tmp_path):
    app.publishing.publish(tmp_path / "site")
    assert "No work is shown here yet" in text(tmp_path / "site", "index.html")
    assert {page.name for page in reading.pages(tmp_path / "site")} == {"index.html", "404.html"}
    assert reading.dead_links(tmp_path / "site") == []


def test_one_thing_alone_makes_a_whole_site(app, settings, tmp_path):
    making.put_project(settings.home)
    app.publishing.publish(tmp_path / "site")
    index = text(tmp_path / "site", "index.html")
    assert "Which parcels will be late" in index
    assert 'id="skills"' not in index
    assert reading.dead_links(tmp_path / "site") == []
    assert reading.twice(tmp_path / "site") == []


@pytest.mark.parametrize("theme", list(choices.THEMES))
def test_themes_are_one_set_of_pages(app, settings, tmp_path, theme):
    making.put_project(settings.home)
    app.publishing.publish(tmp_path / "site", theme=theme)
    assert f'data-theme="{theme}"' in text(tmp_path / "site", "index.html")
    assert theme == "calm" or f'[data-theme="{theme}"]' in text(tmp_path / "site", "portfolio.css")


def test_a_skill_that_is_only_inferred_is_not_claimed(app):
    practise_well(app, "pca")
    shown = {one.skill.slug for one in app.publishing.portfolio().skills}
    inferred = {s for s, m in app.mastery().items() if m.level == "held" and m.pieces == 0}
    assert shown
    assert not shown & inferred
    asked = app.practise("svd")
    app.answer_practice(asked.attempt, right(asked))
    assert all(one.evidence for one in app.publishing.portfolio().skills)


def test_what_was_passed_after_its_solution_is_shown_only_on_request(app, tmp_path):
    app.check("euclidean-distances", "no")
    app.give_up("euclidean-distances")
    app.check("euclidean-distances", "right")
    shown = app.publishing.portfolio()
    assert shown.exercises == ()
    assert shown.left_out[0][0] == "exercise/euclidean-distances"
    app.publishing.choose(lambda now: choices.show(now, ["exercise/euclidean-distances"]))
    app.publishing.publish(tmp_path / "site")
    page = text(tmp_path / "site", "exercises/euclidean-distances.html")
    assert "after seeing the solution" in page
    facts = [json.loads(one) for one in text(tmp_path / "site", "evidence.jsonl").splitlines()]
    assert [fact["how"] for fact in facts] == ["graded", "gave-up", "graded"]


def test_hiding_and_ordering(own, tmp_path):
    site = tmp_path / "site"
    own.publishing.publish(site)
    index = text(site, "index.html")
    assert index.index("Which parcels") < index.index("Birds by their song")

    def change(now):
        now = choices.hide(now, ["timeline", "competition/house-prices", "exercises"])
        return choices.order(now, "project", ["bird-songs"])

    own.publishing.choose(change)
    own.publishing.publish(site)
    index = text(site, "index.html")
    assert index.index("Birds by their song") < index.index("Which parcels")
    assert "house sell for" not in text(site, "competitions.html")
    assert not (site / "timeline.html").exists()
    assert not (site / "exercises").exists()
    assert reading.dead_links(site) == []


def test_who_hides_the_contact_is_nowhere_reachable(own, tmp_path):
    own.publishing.choose(lambda now: choices.hide(now, ["contact"]))
    own.publishing.publish(tmp_path / "site")
    everything = "".join(
        file.read_text("utf-8", "replace")
        for file in (tmp_path / "site").rglob("*.*")
        if file.is_file()
    )
    assert "ada@example.org" not in everything
    assert "talks.example" not in everything
    assert not (tmp_path / "site" / "contact.html").exists()
    assert reading.dead_links(tmp_path / "site") == []


def test_a_score_too_good_to_be_true_is_not_shown(app):
    making.put_competition(app, doubtful=True, medal="")
    assert app.publishing.portfolio().competitions == ()
    assert "competition/spam-mail" in dict(app.publishing.portfolio().left_out)


def test_what_cannot_be_shown_is_left_out_with_a_sentence(own, tmp_path):
    home = own.publishing.home
    writing = home / "writing"
    (writing / "no-head.md").write_text("Just words")
    (writing / "links.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\n[x](no-head.md)")
    (writing / "image.md").write_text("---\ntitle: B\ndate: 2026-01-01\n---\n![x](../key.png)")
    (home / "resume.json").write_text('{"work": [{"startDate": "soon"}]}')
    folder = making.put_project(home, "broken")
    (folder / "dossier.json").write_text('{"form": 1, "slug": "broken", "extra": 1}')
    escaping = making.put_project(home, "escaping")
    row = making.dossier("escaping", charts=[{"file": "gone.svg", "title": "x", "caption": ""}])
    (escaping / "dossier.json").write_text(json.dumps(row))
    done = own.publishing.publish(tmp_path / "site")
    for words in (
        "writing/no-head.md has no head", "writing/links.md links to 'no-head.md'",
        "writing/image.md shows the image '../key.png'", "resume.json is no JSON Resume",
        "dossier of projects/broken is not in its form", "names the chart gone.svg",
    ):  # fmt: skip
        assert sum(words in one for one in done.notes) == 1, words
    assert reading.dead_links(tmp_path / "site") == []
    assert "Which parcels" in text(tmp_path / "site", "index.html")


def test_the_preview_asks_for_what_a_reader_would_miss(app, settings):
    making.put_project(settings.home, sections={}, problem="")
    asks = app.publishing.asks(app.publishing.portfolio())
    assert any("No headline" in one for one in asks)
    assert any("a data card" in one and "the problem" in one for one in asks)
    making.put(app, "headline", ["Engineer"])
    assert not any("No headline" in one for one in app.publishing.asks(app.publishing.portfolio()))


def test_a_page_with_a_chart_has_a_picture_for_previews_of_links(own, tmp_path):
    own.publishing.publish(tmp_path / "site", address="https://ada.example/work")
    for name, picture in (
        ("projects/late-parcels.html", "projects/late-parcels/charts-calibration.svg"),
        ("writing/leak.html", "writing/leak/loss.svg"),
    ):
        page = (tmp_path / "site" / name).read_text("utf-8")
        assert f'property="og:image" content="https://ada.example/work/{picture}"' in page
        assert (tmp_path / "site" / picture).is_file()
    assert "og:image" not in (tmp_path / "site" / "index.html").read_text("utf-8")
