"""Badges on a record of one's own: what may be issued, the two pictures, and their check."""

import json

import pytest

from journeyman.app import base
from journeyman.core.dossier import Dossier
from journeyman.errors import Conflict, Invalid, NotFound, TooLarge
from journeyman.proof import building, credentials
from journeyman.proof.checking import check
from journeyman.proof.claim import Content
from journeyman.proof.signing import fingerprint
from tests.portfolio import making
from tests.proof.making import NOON
from tests.study.test_study import practise_well

SLUG = "late-parcels"


def hand_in(proof, value=0.83, at=NOON):
    """A signed claim, as handing a project in leaves it."""
    content = Content(kind="project", slug=SLUG, version=1, sha256="2" * 64)
    return proof.claim_made(
        lambda signer: building.claim(
            subject=signer.name, key=signer.key, statement="AUC of the project Late parcels.",
            metric="auc", value=value, content=content, at=at,
        )
    )  # fmt: skip


@pytest.fixture
def written(app, settings, tmp_path):
    """A project's badge in both pictures, by their ends."""
    making.put_project(settings.home)
    hand_in(app.proof)
    made = app.proof.badge(SLUG)
    files = {".png": made.png(), ".svg": made.svg()}
    for end, data in files.items():
        (tmp_path / f"badge{end}").write_bytes(data)
    (tmp_path / "badge.json").write_text(json.dumps(made.credential))
    return made


@pytest.mark.parametrize("name", ["badge.png", "badge.svg", "badge.json"])
def test_a_badge_names_its_claim_and_is_verified_alone(app, written, tmp_path, name):
    signer = app.proof.signer()
    found = check(tmp_path / name, key=fingerprint(signer.key))
    assert found.verified
    assert (found.key, found.subject) == (signer.key, signer.name)
    told = " ".join(found.notes)
    assert written.claim.claim.id in told
    assert "Which parcels will be late" in told
    assert "does not show that the author measured them honestly" in told
    assert ("drawing itself is not signed" in told) is (name != "badge.json")
    assert not check(tmp_path / name, key="A" * 43).verified
    deeper = check(tmp_path / name, "rescore")
    assert deeper.verified
    assert not deeper.complete


@pytest.mark.parametrize("name", ["badge.svg", "badge.json"])
def test_a_changed_badge_is_found(written, tmp_path, name):
    file = tmp_path / name
    before = file.read_text("utf-8")
    start = before.index("@context")
    for old, new in {
        "0.83": "0.93",
        "Which parcels": "Every parcel",
        written.claim.claim.id: "f" * 28,
        "2026-": "2025-",
        "did:key:z6Mk": "did:key:z6Mm",
        "did:key:": "did:web:",
        "evidence": "evidences",
    }.items():
        place = before.index(old, start)
        file.write_text(before[:place] + new + before[place + len(old) :], "utf-8")
        assert not check(file).verified, old


def test_an_unknown_term_in_a_badge_is_found(written, tmp_path):
    changed = json.dumps(written.credential | {"rank": "first of 4,000"})
    (tmp_path / "badge.json").write_text(changed)
    assert not check(tmp_path / "badge.json").verified


def test_a_png_with_another_credential_is_found(written, tmp_path):
    changed = written.credential | {"name": "Doctor of everything"}
    image = credentials.bake_png(credentials.badge_png(written.achievement), changed)
    (tmp_path / "badge.png").write_bytes(image)
    found = check(tmp_path / "badge.png")
    assert not found.verified
    assert "does not hold" in found.findings[0].told


def test_what_is_no_badge_is_told_in_a_sentence(written, tmp_path):
    (tmp_path / "plain.png").write_bytes(credentials.badge_png(written.achievement))
    (tmp_path / "plain.svg").write_text("<svg")
    (tmp_path / "half.png").write_bytes((tmp_path / "badge.png").read_bytes()[:300])
    for name in ("plain.png", "plain.svg", "half.png"):
        with pytest.raises(Invalid):
            check(tmp_path / name)
    (tmp_path / "huge.svg").write_bytes(b" " * (5 << 20))
    with pytest.raises(TooLarge, match="too large"):
        check(tmp_path / "huge.svg")
    with pytest.raises(NotFound):
        check(tmp_path / "nowhere.png")


def test_a_skill_has_a_badge_once_it_is_held(app):
    with pytest.raises(Conflict, match="does not say yet"):
        app.proof.badge("bayes-theorem")
    assert not app.proof.keyring.exists
    practise_well(app, "bayes-theorem")
    assert app.mastery()["bayes-theorem"].level == "held"
    made = app.proof.badge("skill/bayes-theorem")
    assert made.achievement.kind == "skill"
    assert made.claim.claim.metric.name == "mastery"
    assert made.credential["credentialSubject"]["achievement"]["name"] == made.achievement.name


def test_names_that_are_neither(app):
    for name in ("nonsense", "project/bayes-theorem", "skill/nonsense", "exercise/x", "", "a/b/c"):
        with pytest.raises(NotFound):
            app.proof.badge(name)
    assert not app.proof.keyring.exists


def test_a_claim_of_a_revoked_key_carries_no_badge(app):
    hand_in(app.proof)
    app.proof.keyring.rotate(revoking="stolen")
    with pytest.raises(NotFound, match="no signed project"):
        app.proof.badge(SLUG)
    again = hand_in(app.proof, 0.84)
    assert app.proof.badge(SLUG).claim == again


def test_the_command_writes_a_badge_that_verify_accepts(run, bank, monkeypatch, tmp_path):
    monkeypatch.setattr(base, "load", lambda *_: bank)
    from journeyman.cli.context import application

    making.put_project(tmp_path / "home")
    assert Dossier.model_validate(making.dossier()).slug == SLUG
    with application() as app:
        hand_in(app.proof)
    done = run("badge", SLUG, "--out", "late.png")
    assert done.code == 0, done.err
    assert "a badge for Which parcels will be late" in done.out
    again = run("badge", f"project/{SLUG}", "--out", "late.svg", "--json").json
    assert run("verify", "late.png").code == 0
    found = run("verify", "late.svg", "--json").json
    assert found["verified"]
    assert again["claim"] in " ".join(found["notes"])
    assert run("claim", "show", again["claim"], "--out", "claim.json").code == 0
    assert run("verify", "claim.json").code == 0
    for words in (
        (SLUG,),
        (SLUG, "--out", "late.jpg"),
        (SLUG, "--out", "nowhere/late.png"),
        ("bayes-theorem", "--out", "b.png"),
        ("nonsense", "--out", "b.png"),
    ):
        done = run("badge", *words)
        assert (done.code, done.err.count("\n")) == (2, 1), done.err
    assert not (tmp_path / "b.png").exists()
