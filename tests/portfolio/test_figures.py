"""Figures in the learner's own texts: bound to a claim and checked, or told as the author's word."""

import json

import pytest

from journeyman.errors import Invalid
from journeyman.portfolio import choices, figures, prose
from journeyman.portfolio.figures import Figures, Named
from journeyman.portfolio.measured import Measured
from journeyman.proof.checking import check
from tests.portfolio import making, reading

POST = """\
---
title: What the model does
date: 2026-03-03
---
It reaches [0.831](claim:late-parcels/auc), that is [83.1 %](claim:late-parcels/auc), with the 95 %
interval from [0.815](claim:late-parcels/auc#low) to [**0.847**](claim:late-parcels/auc#high); the
baseline has [0.74](claim:late-parcels/auc/baseline). It serves 40 vans.
"""


def write(home, text):
    folder = home / "writing"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.md").write_text(text.replace("[**0.847**]", "[0.847]"), "utf-8")


@pytest.fixture
def site(app, settings, tmp_path):
    """A project and a text that speaks of it, published."""
    making.put_project(
        settings.home,
        summary="Warns a depot, with an AUC of [0.83](claim:auc).",
        sections={"Model card": "Log loss [0.39](claim:log-loss), on 4,200 rows of 2025."},
    )
    write(settings.home, POST)
    app.publishing.publish(tmp_path / "site")
    return tmp_path / "site"


def claimed(page):
    return [
        (element.text, element.get("data-field") or "value", element.get("data-claim"))
        for element in reading.parsed(page).iter("data")
    ]


def test_a_bound_figure_is_a_claimed_number_that_links_to_its_claim(site):
    found = claimed(site / "writing" / "model.html")
    assert [one[:2] for one in found] == [
        ("0.831", "value"), ("83.1 %", "value"), ("0.815", "low"), ("0.847", "high"),
        ("0.74", "value"),
    ]  # fmt: skip
    assert len({one[2] for one in found}) == 2
    page = (site / "writing" / "model.html").read_text("utf-8")
    assert f'<a class="claimed" href="../proof/claims/{found[0][2]}.json">' in page
    assert page.count('class="journeyman-claim"') == 2
    assert check(site).findings == ()
    assert reading.dead_links(site) == []
    for name in ("index.html", "projects.html", "cv.html", "projects/late-parcels.html"):
        assert ("0.83", "value", found[0][2]) in claimed(site / name)


def test_what_carries_no_claim_is_named_as_the_authors_word(site, app):
    page = (site / "writing" / "model.html").read_text("utf-8")
    assert "The author&#39;s word, without a claim: the figures 95 % and 40." in page
    page = (site / "projects" / "late-parcels.html").read_text("utf-8")
    assert "without a claim: the figures 40 and 4,200." in page
    asks = app.publishing.asks(app.publishing.portfolio())
    assert "2 figures (95 %, 40) on writing/model.html carry no claim." in asks


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[0.832](claim:late-parcels/auc)", "which is 0.8312"),
        ("[84 %](claim:late-parcels/auc)", "which is 0.8312"),
        ("[1](claim:late-parcels/auc)", "which is 0.8312"),
        ("[0.8\N{ARABIC-INDIC DIGIT THREE}](claim:late-parcels/auc)", "which is 0.8312"),
        ("[about 0.83](claim:late-parcels/auc)", "rounded, with a point"),
        ("[0.81](claim:late-parcels/auc#low)", "is 0.8154"),
        ("[0.83](claim:late-parcels/auc)9", "directly beside the bound figure '0.83'"),
        ("-[0.83](claim:late-parcels/auc)", "directly beside"),
        ("[0.83](claim:late-parcels/auc) %", "directly beside"),
        ("[0.83](claim:late-parcels/recall)", "names nothing that the site shows"),
        ("[0.83](claim:nothing/auc)", "names nothing that the site shows"),
        ("[0.83](claim:late-parcels/auc#middle)", "has no field 'middle'"),
        ("[0.74](claim:late-parcels/auc/baseline#low)", "this number has none"),
        ("[0.83](claim:late-parcels)", "names several numbers: write claim:late-parcels/auc or"),
    ],
)
def test_a_figure_that_is_not_its_claim_is_refused_before_anything_is_written(
    app, settings, tmp_path, written, told
):
    making.put_project(settings.home)
    write(settings.home, f"---\ntitle: A\ndate: 2026-03-03\n---\nIt reaches {written}.\n")
    with pytest.raises(Invalid) as refused:
        app.publishing.publish(tmp_path / "site")
    assert told in refused.value.message
    assert "The text 'A'" in refused.value.message
    assert not (tmp_path / "site").exists()
    assert not app.proof.keyring.exists
    assert refused.value.message in app.publishing.asks(app.publishing.portfolio())
    app.publishing.preview().files()["writing/model.html"]()  # the preview stands all the same


def test_something_else_than_a_figure_leaves_its_text_out(app, settings):
    making.put_project(settings.home)
    write(settings.home, "---\ntitle: A\ndate: 2026-03-03\n---\n[*0.83*](claim:late-parcels/auc)\n")
    shown = app.publishing.portfolio()
    assert shown.posts == ()
    assert any("binds something else than a plain figure" in one for one in shown.troubles)


def test_a_hidden_project_takes_its_figures_with_it(app, settings, tmp_path):
    making.put_project(settings.home)
    write(settings.home, POST)
    app.publishing.choose(lambda now: choices.hide(now, ["project/late-parcels"]))
    with pytest.raises(Invalid, match="site shows none that is measured"):
        app.publishing.publish(tmp_path / "site")


@pytest.mark.slow
def test_a_claim_made_by_hand_can_be_bound_by_its_id(app, settings, tmp_path):
    making.fill(app, settings.home)
    made = app.proof.claim_exercise("euclidean-distances").claim
    app.publishing.choose(lambda now: choices.hide(now, ["exercises"]))
    write(
        settings.home,
        f"---\ntitle: A\ndate: 2026-03-03\n---\nAll of it: [100 %](claim:{made.id[-8:]}).\n",
    )
    app.publishing.publish(tmp_path / "site")
    assert (tmp_path / "site" / "proof" / "claims" / f"{made.id}.json").is_file()
    assert claimed(tmp_path / "site" / "writing" / "model.html") == [("100 %", "value", made.id)]
    assert check(tmp_path / "site").verified


def test_an_unsigned_site_shows_the_figure_without_a_claim(app, settings, tmp_path):
    making.put_project(settings.home)
    write(settings.home, POST)
    app.publishing.publish(tmp_path / "site", unsigned=True)
    page = (tmp_path / "site" / "writing" / "model.html").read_text("utf-8")
    assert '<data value="0.8312">0.831</data>' in page
    assert "claim" not in page.split("<main", 1)[1].split("The author")[0]


def test_machines_read_the_figures_as_plain_text(app, settings, tmp_path):
    making.put_project(settings.home, summary="An AUC of [0.83](claim:auc).")
    making.put(app, "about", ["My best is [0.83](claim:late-parcels/auc)."])
    app.publishing.publish(tmp_path / "site")
    resume = json.loads((tmp_path / "site" / "resume.json").read_bytes())
    assert resume["basics"]["summary"] == "My best is 0.83."
    assert resume["projects"][0]["description"] == "An AUC of 0.83."
    page = (tmp_path / "site" / "projects" / "late-parcels.html").read_text("utf-8")
    assert '<meta name="description" content="An AUC of 0.83.">' in page
    assert ("0.83", "value") in [one[:2] for one in claimed(tmp_path / "site" / "index.html")]


def number(metric, value, slug="a", kind="project", **changes):
    return Measured(f"{metric} of {slug}: {value}", metric, value, kind, slug, "0" * 64, **changes)


def test_references_are_short_where_nothing_else_is_meant():
    known = Figures((
        Named(number("auc", 0.9), "hidden-hold-out"),
        Named(number("auc", 0.8), "validation", usual=False),
        Named(number("auc", 0.7), "baseline", usual=False),
        Named(number("auc", 0.6, "b", "competition")),
        Named(number("score", 0.5, "a", "viva")),
    ))  # fmt: skip
    for reference, own, value in (
        ("a/auc", "", 0.9), ("a", "", 0.9), ("auc", "a", 0.9), ("auc/validation", "a", 0.8),
        ("a/auc/baseline", "", 0.7), ("b", "", 0.6), ("competition/b/auc", "", 0.6),
        ("viva/a", "", 0.5), ("viva/a/score", "a", 0.5),
    ):  # fmt: skip
        assert known.find(reference, own)[0].value == value, reference
    for one in known.named:
        assert known.find(one.reference)[0] is one.measured
    for reference in ("auc", "a/auc/rows", "a/auc/validation/x", "", "/", "a/auc#mid", "score"):
        with pytest.raises(Invalid):
            known.find(reference)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2024 and 1999, on 2026-03-01 at 18:30.", []),
        ("v2, L1, `12`, $x^2$, 5-fold, k=7 and Q3", ["7"]),
        ("1,200.5 rows, -3.2, 12 % and 0,5", ["1,200.5", "-3.2", "12 %", "0,5"]),
        ("7, 7 and 7.", ["7"]),
        ("![a 9](x.png)", []),
        ("| a |\n|---|\n| 0.91 |", ["0.91"]),
        ("[0.91](https://a.example/12)", ["0.91"]),
        ("See https://a.example/12/3", []),
        ("```\n5\n```", []),
        ("```chart\nepoch,loss\n1,0.5\n2,0.4\n```", []),
    ],
)
def test_figures_without_a_claim_are_told_from_the_rest(text, found):
    body = prose.render(text, "a text", image=lambda name: name)
    assert figures.unclaimed([body]) == found


def test_a_chart_in_a_text_is_the_authors_word(app, settings, tmp_path):
    making.put_writing(settings.home)
    app.publishing.publish(tmp_path / "site")
    page = (tmp_path / "site" / "writing" / "leak.html").read_text("utf-8")
    assert "and the chart in the text." in page
    second = (tmp_path / "site" / "writing" / "second.html").read_text("utf-8")
    assert "word, without a claim" not in second


@pytest.mark.parametrize("old", [">0.831<", ">83.1 %<", ">0.815<", ">0.74<"])
def test_a_changed_digit_in_a_text_is_found(site, old):
    page = site / "writing" / "model.html"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, old.replace("8", "9").replace("7", "9")), "utf-8")
    found = check(site)
    assert {one.where for one in found.findings} == {"writing/model.html"}
    assert any("is claimed" in one.told for one in found.findings)
