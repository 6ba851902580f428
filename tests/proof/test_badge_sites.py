"""A badge and the site that it names: its claim, its status list, and what revoking does."""

import json
import shutil

import pytest

from journeyman.app import base
from journeyman.errors import Invalid, NotFound, Unavailable
from journeyman.proof import credentials
from journeyman.proof.checking import check
from journeyman.proof.claim import SignedClaim, countersign
from journeyman.proof.keyring import Keyring
from journeyman.proof.sources import Web
from tests.conftest import Clock
from tests.portfolio import making
from tests.proof.test_badges import SLUG, hand_in

ADDRESS = "https://ada.example/work/"


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """No test asks the network; where one would, it is out of reach."""

    def out_of_reach(self, url):
        raise Unavailable(f"{url} cannot be fetched.")
        yield b""

    monkeypatch.setattr(Web, "get", out_of_reach)


@pytest.fixture
def learner(app, settings):
    """A project handed in, its site once published at an address."""
    making.put_project(settings.home)
    hand_in(app.proof)
    return app


@pytest.fixture
def badge(learner, tmp_path):
    """A badge for it, and the site published after it."""
    learner.publishing.publish(tmp_path / "site", address=ADDRESS)
    (tmp_path / "badge.svg").write_bytes(learner.proof.badge(SLUG).svg())
    learner.publishing.publish(tmp_path / "site", address=ADDRESS)
    return tmp_path / "badge.svg"


def test_it_takes_the_address_of_the_last_publishing(learner, badge, tmp_path):
    found = json.loads(credentials.extract(badge.read_bytes()))
    (evidence,) = found["evidence"]
    assert evidence["id"].startswith(f"{ADDRESS}proof/claims/")
    assert credentials.status_places(found) == [(f"{ADDRESS}proof/status.json", 0)]
    again = learner.proof.badge(SLUG)  # the same badge again takes no new place
    assert again.address == ADDRESS
    assert credentials.status_places(again.credential)[0][1] == 0
    learner.publishing.publish(tmp_path / "other")  # without an address, the last one stays
    assert learner.publishing.choices.published == ADDRESS
    assert learner.proof.badge(SLUG, "https://b.example").address == "https://b.example/"
    assert learner.proof.badge(SLUG, "").address == ""
    with pytest.raises(Invalid, match="no https address"):
        learner.proof.badge(SLUG, "http://b.example/")


def test_its_claim_is_on_the_site_and_is_checked(learner, badge, tmp_path):
    site = tmp_path / "site"
    assert check(site).findings == ()
    found = check(badge, site=str(site))
    assert found.findings == ()
    assert found.complete
    assert [one.metric for one in found.claims] == ["auc"]
    deeper = check(badge, "rescore", site=str(site))
    assert deeper.verified
    assert [(one.depth, one.outcome) for one in deeper.steps] == [("rescore", "not possible")]
    assert learner.publishing.publish(site, address=ADDRESS).written == 0


def test_the_same_list_has_the_same_bytes_at_any_time_of_day(learner, monkeypatch):
    signer = learner.proof.signer()
    made = []
    for second in (1.0e9, 1.1e9):
        monkeypatch.setattr("time.time", lambda second=second: second)
        made.append(credentials.status_list(signer, ADDRESS, [3], Clock()()))
    assert made[0] == made[1]


def test_out_of_reach_is_said_and_is_not_false(badge):
    found = check(badge)
    assert found.verified
    assert not found.complete
    assert any("was not looked at" in one for one in found.notes)


def test_a_revoked_badge_is_seen_once_the_site_is_published(learner, badge, tmp_path):
    site = str(tmp_path / "site")
    (gone,) = learner.proof.revoke_badges(SLUG)
    assert check(badge, site=site).verified
    learner.publishing.publish(tmp_path / "site", address=ADDRESS)
    assert check(site).findings == ()
    found = check(badge, site=site)
    assert [one.told for one in found.findings] == ["The credential was revoked by its issuer."]
    with pytest.raises(NotFound, match="no badge"):
        learner.proof.revoke_badges(SLUG)
    anew = learner.proof.badge(SLUG)
    assert credentials.status_places(anew.credential)[0][1] == gone.index + 1
    learner.publishing.publish(tmp_path / "site", address=ADDRESS)
    (tmp_path / "anew.svg").write_bytes(anew.svg())
    assert check(tmp_path / "anew.svg", site=site).verified
    assert not check(badge, site=site).verified


def test_the_list_of_badges_is_never_guessed(learner, badge):
    file = learner.proof.issued.file
    file.write_text(file.read_text()[:30])
    with pytest.raises(Unavailable, match="put it back"):
        learner.proof.badge(SLUG)


@pytest.mark.slow
def test_a_rotated_key_keeps_its_badges_and_a_revoked_one_does_not(learner, badge, tmp_path):
    site = tmp_path / "site"
    learner.proof.keyring.rotate()
    done = learner.publishing.publish(site, address=ADDRESS)
    assert any("signed with an earlier key" in one for one in done.notes)
    assert check(site).findings == ()
    assert check(badge, site=str(site)).findings == ()
    old = learner.proof.keyring.ring.keys[0].id
    learner.proof.keyring.revoke(old, "stolen")
    hand_in(learner.proof)
    learner.publishing.publish(site, address=ADDRESS)
    found = check(badge, site=str(site))
    assert "The key that issued the badge is revoked." in [one.told for one in found.findings]


def claim_of(site, badge):
    found = json.loads(credentials.extract(badge.read_bytes()))
    return site / found["evidence"][0]["id"].removeprefix(ADDRESS)


def flip_a_bit(site, badge):
    file = site / "proof" / "status.json"
    row = json.loads(file.read_bytes())
    row["credentialSubject"]["encodedList"] = "uH4sIAAAAAAAA"
    file.write_text(json.dumps(row))


def list_of_another(site, badge):
    signer = Keyring(site.parent / "strange", Clock()).signer("Ada")
    made = credentials.status_list(signer, ADDRESS, [], Clock()())
    (site / "proof" / "status.json").write_text(json.dumps(made))


def list_for_another_site(site, badge):
    keys = Keyring(site.parent / "home" / "keys", Clock()).signer("Ada")
    made = credentials.status_list(keys, "https://b.example/", [], Clock()())
    (site / "proof" / "status.json").write_text(json.dumps(made))


def claim_changed(site, badge):
    file = claim_of(site, badge)
    file.write_bytes(file.read_bytes().replace(b"0.83", b"0.93"))


def claim_of_another_number(site, badge):
    file = claim_of(site, badge)
    other = next(one for one in file.parent.iterdir() if one != file)
    file.write_bytes(other.read_bytes())


def claim_not_canonical(site, badge):
    file = claim_of(site, badge)
    file.write_text(json.dumps(json.loads(file.read_bytes())))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (flip_a_bit, "does not hold"),
        (list_of_another, "somebody else's"),
        (list_for_another_site, "not the one that the credential names"),
        (claim_changed, "does not fit the claim"),
        (claim_of_another_number, "not the claim that the badge was issued for"),
        (claim_not_canonical, "not in canonical form"),
    ],
)
def test_what_was_changed_behind_a_badge_is_found(badge, tmp_path, change, told):
    change(tmp_path / "site", badge)
    found = check(badge, site=str(tmp_path / "site"))
    assert any(told in one.told for one in found.findings), found.findings


def test_a_claim_that_others_signed_since_is_the_same_claim(badge, tmp_path):
    file = claim_of(tmp_path / "site", badge)
    signed = SignedClaim.read(file.read_bytes(), "the claim")
    school = Keyring(tmp_path / "school", Clock()).signer("A school")
    made = countersign(signed, school.private, "A school", "issuer", Clock()())
    file.write_bytes(made.to_bytes())
    found = check(badge, site=str(tmp_path / "site"))
    assert found.findings == ()
    assert len(found.claims[0].signed_by) == 2


def test_a_site_without_claim_list_or_keys_leaves_it_open(badge, tmp_path):
    shutil.rmtree(tmp_path / "site" / "proof")
    found = check(badge, site=str(tmp_path / "site"))
    assert found.verified
    assert not found.complete
    told = " ".join((*found.notes, *(one.told for one in found.steps)))
    for words in ("no history of keys", "no status list", "does not show the claim any more"):
        assert words in told


def test_the_commands(run, bank, monkeypatch, tmp_path):
    monkeypatch.setattr(base, "load", lambda *_: bank)
    from journeyman.cli.context import application

    making.put_project(tmp_path / "home")
    with application() as app:
        hand_in(app.proof)
    assert "no badge yet" in run("badge").out
    assert run("publish", "--out", "site", "--base-url", ADDRESS).code == 0
    done = run("badge", SLUG, "--out", "late.png")
    assert f"publish with --base-url {ADDRESS} again" in done.out
    assert run("publish", "--out", "site", "--base-url", ADDRESS).code == 0
    assert run("verify", "late.png", "--site", "site", "--require").code == 0
    assert run("verify", "late.png", "--require").code == 1  # out of reach here
    assert f"project/{SLUG}" in run("badge").out
    assert "Publish again" in run("badge", SLUG, "--revoke").out
    assert "revoked 2" in run("badge").out
    assert run("publish", "--out", "site", "--base-url", ADDRESS).code == 0
    assert run("verify", "late.png", "--site", "site").code == 1
    for words in (
        ("--revoke",), (SLUG, "--revoke"), (SLUG,), (SLUG, "--out", "a.png", "--address", "x"),
        ("--out", "a.png"), (SLUG, "--out", "a.png", "--address", "http://b.example"),
    ):  # fmt: skip
        done = run("badge", *words)
        assert (done.code, done.err.count("\n")) == (2, 1), (words, done.err)
