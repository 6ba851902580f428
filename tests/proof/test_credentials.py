"""Credentials: ours verifies them, an independent implementation does, and both refuse changes."""

import json
import shutil
import struct
import subprocess
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from journeyman.errors import Invalid
from journeyman.proof import credentials
from journeyman.proof.keyring import Keyring
from tests.proof.making import NOON

BASE = "https://ada.example/work/"
SKILL = credentials.Achievement(
    "skill", "auc", "Reads a <ROC> curve", "Knows what the curve & its area tell.", "Passed it."
)
VERIFIER = Path(__file__).parent / "verifier"


@pytest.fixture(scope="module")
def badge(sealed):
    return credentials.issue(sealed.signer, SKILL, [sealed.signed], at=NOON, base_url=BASE, index=3)


@pytest.fixture(scope="module")
def statuses(sealed):
    """The status list while the credential holds, and after it was revoked."""
    return {
        name: dump(credentials.status_list(sealed.signer, BASE, revoked, NOON))
        for name, revoked in {"good": [4], "revoked": [3, 4]}.items()
    }


def dump(data):
    return json.dumps(data).encode()


def tampered(badge):
    """Each way to change a credential that is refused."""

    def changed(change):
        copy = json.loads(json.dumps(badge))
        change(copy)
        return copy

    subject = "credentialSubject"
    return {
        "name": changed(lambda d: d.update(name="Doctor of everything")),
        "unknown term": changed(lambda d: d.update(journeymanMetric=0.99)),
        "unknown term within": changed(lambda d: d[subject].update(journeymanMetric=0.99)),
        "recipient": changed(lambda d: d[subject].update(id="did:key:z6MkhaXgBZDvotDkL5257")),
        "criteria": changed(lambda d: d[subject]["achievement"]["criteria"].update(narrative="?")),
        "evidence": changed(lambda d: d["evidence"][0].update(narrative="auc = 0.999")),
        "date": changed(lambda d: d.update(validFrom="2020-01-01T00:00:00Z")),
        "status": changed(lambda d: d["credentialStatus"].clear()),
        "issuer": changed(lambda d: d["issuer"].update(name="A university")),
        "proof": changed(lambda d: d.pop("proof")),
        "proof date": changed(lambda d: d["proof"].update(created="2020-01-01T00:00:00Z")),
    }


def test_a_credential_cites_its_claims_and_holds(badge, sealed, statuses):
    found = credentials.verify(dump(badge), key=sealed.signer.key, status=statuses["good"])
    (evidence,) = found["evidence"]
    assert evidence["id"] == f"{BASE}proof/claims/{sealed.claim.id}.json"
    assert sealed.claim.id in evidence["narrative"]
    assert found["credentialSubject"]["id"] == credentials.did_of(sealed.signer.key)


BLANK = {
    "credentialSubject": {"achievement": {"criteria": {}}},
    "evidence": [{}],
    "credentialStatus": [],
    "issuer": {},
    "proof": {},
}


@pytest.mark.parametrize("name", list(tampered(BLANK)))
def test_a_changed_credential_is_refused(badge, name):
    with pytest.raises(Invalid):
        credentials.verify(dump(tampered(badge)[name]))


def test_a_revoked_credential_is_refused(badge, statuses):
    with pytest.raises(Invalid, match="revoked"):
        credentials.verify(dump(badge), status=statuses["revoked"])


def test_a_status_list_of_another_signer_is_refused(badge, sealed, tmp_path):
    other = Keyring(tmp_path, lambda: NOON).signer("Eve")
    strange = credentials.status_list(other, BASE, [], NOON)
    with pytest.raises(Invalid, match="somebody else"):
        credentials.verify(dump(badge), status=dump(strange))
    strange["issuer"] = credentials.did_of(sealed.signer.key)
    with pytest.raises(Invalid, match="somebody else"):
        credentials.verify(dump(badge), status=dump(strange))


def test_a_changed_status_list_is_refused(badge, sealed, statuses):
    good, revoked = (json.loads(statuses[name]) for name in ("good", "revoked"))
    revoked["credentialSubject"]["encodedList"] = good["credentialSubject"]["encodedList"]
    with pytest.raises(Invalid, match="does not hold"):
        credentials.verify(dump(badge), status=dump(revoked))


def test_another_issuer_than_the_named_key_is_refused(badge, tmp_path):
    other = Keyring(tmp_path, lambda: NOON).signer("Eve")
    with pytest.raises(Invalid):
        credentials.verify(dump(badge), key=other.key)


def test_a_key_twice_is_refused(badge):
    with pytest.raises(Invalid, match="twice"):
        credentials.verify(dump(badge).replace(b'"name":', b'"name": "x", "name":', 1))


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_baked_image_carries_the_credential(badge, kind):
    image = getattr(credentials, f"badge_{kind}")(SKILL)
    baked = getattr(credentials, f"bake_{kind}")(image, badge)
    assert credentials.verify(credentials.extract(baked)) == badge
    with pytest.raises(Invalid, match="no credential"):
        credentials.extract(image)
    broken = baked.replace(b"0.9", b"0.8", 1)
    assert broken != baked
    with pytest.raises(Invalid):
        credentials.verify(credentials.extract(broken))


def test_a_png_carries_it_in_an_itxt_chunk_of_that_name(badge):
    baked = credentials.bake_png(credentials.badge_png(SKILL), badge)
    place, chunks = 8, {}
    while place < len(baked):
        (length,), kind = (
            struct.unpack(">I", baked[place : place + 4]),
            baked[place + 4 : place + 8],
        )
        body = baked[place + 8 : place + 8 + length]
        (crc,) = struct.unpack(">I", baked[place + 8 + length : place + 12 + length])
        assert zlib.crc32(kind + body) == crc
        chunks[kind] = body
        place += 12 + length
    assert chunks[b"iTXt"].startswith(b"openbadgecredential\0")


def test_nothing_is_issued_on_nothing_or_over_http(sealed):
    with pytest.raises(Invalid, match="at least one claim"):
        credentials.issue(sealed.signer, SKILL, [], at=NOON)
    with pytest.raises(Invalid, match="https"):
        credentials.issue(sealed.signer, SKILL, [sealed.signed], at=NOON, base_url="http://a.b/")


def test_without_a_site_the_claim_is_named_by_its_hash(sealed):
    made = credentials.issue(sealed.signer, SKILL, [sealed.signed], at=NOON + timedelta(days=1))
    assert "credentialStatus" not in made
    assert "id" not in made["evidence"][0]
    assert credentials.verify(dump(made)) == made


@pytest.fixture(scope="module")
def independent(tmp_path_factory):
    """@digitalbazaar/vc, installed from the lock file with npm; it shares no code with ours."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("node and npm are not installed")
    room = tmp_path_factory.mktemp("verifier")
    for file in VERIFIER.iterdir():
        if file.is_file():
            shutil.copy(file, room)
    npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(npm, cwd=room, check=True, timeout=300)

    def verify(status, *credentials):
        (room / "status.json").write_bytes(status)
        names = [f"credential-{n}.json" for n in range(len(credentials))]
        for name, data in zip(names, credentials, strict=True):
            (room / name).write_bytes(data)
        command = ["node", "verify.mjs", "status.json", *names]
        done = subprocess.run(command, cwd=room, capture_output=True, check=True, timeout=120)
        return json.loads(done.stdout)

    return verify


@pytest.mark.slow
def test_an_independent_implementation_agrees(independent, badge, statuses):
    good = {"verified": True, "revoked": False, "error": ""}
    baked = [
        getattr(credentials, f"bake_{kind}")(getattr(credentials, f"badge_{kind}")(SKILL), badge)
        for kind in ("png", "svg")
    ]
    whole = [dump(badge), *map(credentials.extract, baked)]
    assert independent(statuses["good"], *whole) == [good] * 3
    assert independent(statuses["revoked"], dump(badge))[0]["revoked"]
    changed = tampered(badge)
    found = independent(statuses["good"], *map(dump, changed.values()))
    assert [name for name, one in zip(changed, found, strict=True) if one["verified"]] == []
