"""A viva's result on the project's page: on request alone, signed, and counted again by verify."""

import json

import pytest

from journeyman.delivery.viva import Answer, Question, Result, marked
from journeyman.portfolio import choices
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.checking import check
from journeyman.proof.claim import SignedClaim, sign
from tests.portfolio import making, reading
from tests.portfolio.test_tampering import list_anew

ASKED = (
    Question("alarms", "How many of 100 alarms are false?", 12.0, "So.", tolerance=1.0),
    Question("fold", "Which fold was worst?", "fold 3", "So.", options=("fold 1", "fold 3")),
    Question("recall", "What is the recall?", 0.5, "So.", tolerance=0.02),
)


def result(given=("12.5", "b", "0.9"), seconds=20.0):
    answers = [
        Answer(one, text, seconds, marked(one, text), late=False)
        for one, text in zip(ASKED, given, strict=True)
    ]
    return Result("ab" * 32, 7, tuple(answers))


@pytest.fixture
def sat(app, settings):
    making.put_project(settings.home)
    app.proof.claim_viva("late-parcels", result(("", "", "")))
    app.clock.pass_days(1)
    app.proof.claim_viva("late-parcels", result())
    return app


def publish(app, tmp_path, *, shown=True):
    if shown:
        app.publishing.choose(lambda now: choices.show(now, ["viva/late-parcels"]))
    app.publishing.publish(tmp_path / "site")
    return tmp_path / "site"


def test_it_is_off_until_it_is_chosen(sat, tmp_path):
    site = publish(sat, tmp_path, shown=False)
    assert "Questions on it" not in (site / "projects" / "late-parcels.html").read_text("utf-8")
    assert not any("viva" in file.read_text() for file in (site / "proof" / "claims").iterdir())
    left = dict(sat.publishing.portfolio().left_out)
    assert left["viva/late-parcels"] == "Questions on Which parcels will be late"
    publish(sat, tmp_path)
    assert "viva/late-parcels" in dict(sat.publishing.things(sat.publishing.portfolio()))


def test_the_newest_sitting_stands_on_the_page_as_a_signed_claim(sat, tmp_path):
    site = publish(sat, tmp_path)
    page = site / "projects" / "late-parcels.html"
    text = " ".join("".join(reading.parsed(page).itertext()).split())
    assert "67 % right: 2 of 3 questions of 3 families, on" in text
    assert "might take 6.2 minutes and took 60 seconds" in text
    assert "the newest of 2 sittings that were signed" in text
    assert "2 of 3 questions of 3 families on a run of the project late-parcels" in text
    found = check(site, "rescore")
    assert found.findings == ()
    (one,) = [c for c in found.claims if c.statement.startswith("2 of 3")]
    assert found.reached[one.id] == "rescore"
    assert reading.dead_links(site) == []
    deeper = check(site, "retrain")
    (step,) = [s for s in deeper.steps if s.claim == one.id and s.depth == "retrain"]
    assert step.outcome == "not possible"
    assert "which no machine repeats" in step.told


def claim_of(site):
    for file in (site / "proof" / "claims").iterdir():
        signed = SignedClaim.read(file.read_bytes(), file.name)
        if signed.claim.content.kind == "viva":
            return file, signed
    raise AssertionError(site)


def test_a_changed_sitting_is_found(sat, tmp_path):
    site = publish(sat, tmp_path)
    _, signed = claim_of(site)
    file = site / "proof" / "artifacts" / signed.claim.content.sha256
    file.write_bytes(file.read_bytes().replace(b'"right":2', b'"right":3'))
    assert any("changed after" in one.told for one in check(site).findings)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda row: row["answers"][2].update(right=True), "answer 3 is marked right, and is not"),
        (lambda row: row["answers"][1].update(seconds=200), "answer 2 is marked right"),
        (lambda row: row.update(right=3), "it counts 3 of 3, and holds 2 of 3"),
        (lambda row: row.update(passed=True), "says wrongly whether it was passed"),
        (lambda row: row.update(predictions="cd" * 32), "on other predictions"),
        (lambda row: row["answers"].pop(), "it counts 2 of 3, and holds 2 of 2"),
    ],
)
def test_a_sitting_that_its_author_made_up_is_found(sat, tmp_path, change, told):
    site = publish(sat, tmp_path)
    path, signed = claim_of(site)
    old = site / "proof" / "artifacts" / signed.claim.content.sha256
    row = json.loads(old.read_bytes())
    change(row)
    data = canonical(row)
    old.unlink()
    (old.parent / sha256(data)).write_bytes(data)
    content = signed.claim.content.model_copy(update={"sha256": sha256(data)})
    claim = signed.claim.model_copy(update={"content": content})
    signer = sat.proof.signer()
    before, after = path.read_bytes(), sign(claim, signer.private, sat.clock()).to_bytes()
    path.write_bytes(after)
    for page in site.rglob("*.html"):
        page.write_bytes(page.read_bytes().replace(before, after))
    from types import SimpleNamespace

    list_anew(SimpleNamespace(folder=site, signer=signer))
    assert check(site).verified
    found = check(site, "rescore")
    assert any(told in one.told for one in found.findings), found.findings


def test_a_sitting_whose_file_is_gone_cannot_be_shown(sat):
    for file in (sat.proof.folder / "artifacts").iterdir():
        file.unlink()
    sat.publishing.choose(lambda now: choices.show(now, ["viva/late-parcels"]))
    assert sat.publishing.portfolio().projects[0].viva is None
