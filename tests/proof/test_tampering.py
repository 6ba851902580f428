"""Copies of a sealed site, each changed in one way: every change is found, and called by its name.

Some changes are made by a stranger who cannot sign; some by a forger who signs everything anew
with a key of their own; some by the author, who has the key and shows what was not claimed.
"""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from datetime import timedelta

import pytest

from journeyman.errors import Invalid
from journeyman.proof import pages
from journeyman.proof.bundle import (
    FileEntry,
    SignedManifest,
    canonical_ids,
    files_of,
    is_page,
    signed_manifest,
)
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.checking import check
from journeyman.proof.claim import SignedClaim, sign
from journeyman.proof.keyring import Keyring
from tests.proof.making import NOON, make_claim, make_site, numbers, page_of, reseal

TAMPERINGS = {}


def tampering(told):
    def keep(function):
        TAMPERINGS[function.__name__] = (function, told)
        return function

    return keep


def edit(path, old, new):
    data = path.read_bytes()
    assert old in data, f"the test looks for {old!r}"
    path.write_bytes(data.replace(old, new, 1))


def edit_json(path, change):
    data = json.loads(path.read_bytes())
    change(data)
    path.write_bytes(canonical(data))


def list_anew(site, signer=None):
    """Sign whatever lies in the folder now, past all that seal() refuses."""
    path = site.folder / "proof" / "manifest.json"
    signer = signer or site.signer
    manifest = SignedManifest.read(path.read_bytes(), "the manifest").manifest
    files = {
        name: FileEntry(sha256=sha256(file.read_bytes()), bytes=file.stat().st_size)
        for name, file in files_of(site.folder)
    }
    subject = manifest.subject.model_copy(update={"key": signer.key, "name": signer.name})
    claims = tuple(sorted(p.stem for p in (site.folder / "proof" / "claims").iterdir()))
    changed = manifest.model_copy(update={"files": files, "subject": subject, "claims": claims})
    path.write_bytes(signed_manifest(changed, signer).to_bytes())


def put_claim(site, signed):
    site.claim_file.unlink()
    path = site.claim_file.with_name(f"{signed.claim.id}.json")
    path.write_bytes(signed.to_bytes())
    site.page().write_text(page_of(signed.claim), "utf-8")


def other_signer(site, name="Ada Byron"):
    return Keyring(site.folder.parent / "other-keys", lambda: NOON).signer(name)


# By somebody who cannot sign


@tampering("changed after it was signed")
def byte_in_a_page(site):
    edit(site.page("about.html"), b"Ada", b"Ade")


@tampering("where")
def number_in_the_text_of_a_page(site):
    shown = pages.shown(site.claim).rpartition(">")[0].rpartition(">")[2].split("<")[0].encode()
    edit(site.page(), b">" + shown, b">0.999")


@tampering("says data-value=")
def number_in_an_attribute(site):
    edit(site.page(), b'data-value="0.', b'data-value="1.')


@tampering("changed after it was signed")
def number_without_its_claim(site):
    edit(site.page(), b"data-claim", b"data-claimed")


@tampering("does not fit the claim")
def value_in_a_claim(site):
    edit_json(site.claim_file, lambda d: d["claim"].update(value=d["claim"]["value"] + 0.001))


@tampering("does not fit the claim")
def interval_in_a_claim(site):
    edit_json(site.claim_file, lambda d: d["claim"]["interval"].update(low=0.5))


@tampering("does not fit the claim")
def seed_in_a_claim(site):
    edit_json(site.claim_file, lambda d: d["claim"].update(seed=12))


@tampering("does not fit the claim")
def signature_taken_from_another_moment(site):
    edit_json(site.claim_file, lambda d: d["signatures"][0].update(at="2026-03-03T12:00:00Z"))


@tampering("changed after it was signed")
def predictions_swapped(site):
    site.predictions_file.write_bytes(site.labels)


@tampering("changed after it was signed")
def predictions_reordered(site):
    from journeyman.proof.building import predictions_file

    ids, _, given = numbers()
    site.predictions_file.write_bytes(predictions_file(ids[::-1], given[::-1]))


@tampering("changed after it was signed")
def one_byte_of_the_predictions(site):
    data = bytearray(site.predictions_file.read_bytes())
    data[len(data) // 2] ^= 1
    site.predictions_file.write_bytes(bytes(data))


@tampering("missing")
def file_removed(site):
    site.page("about.html").unlink()


@tampering("missing")
def labels_removed(site):
    (site.folder / "proof" / "artifacts" / sha256(site.labels)).unlink()


@tampering("missing")
def claim_removed(site):
    site.claim_file.unlink()


@tampering("added")
def file_added(site):
    (site.folder / "award.html").write_text("<p>Winner of everything</p>")


@tampering("added")
def hidden_file_added(site):
    (site.folder / ".htaccess").write_text("Redirect / https://example.org/")


@tampering("added")
def claim_added(site):
    copy = site.claim_file.with_name("0" * 28 + ".json")
    shutil.copy(site.claim_file, copy)


@tampering("signature does not fit")
def manifest_changed(site):
    path = site.folder / "proof" / "manifest.json"
    edit_json(path, lambda d: d["manifest"].update(sealed_at="2026-03-09T12:00:00Z"))


@tampering("signature does not fit")
def manifest_that_forgets_a_file(site):
    site.page("about.html").unlink()
    path = site.folder / "proof" / "manifest.json"
    edit_json(path, lambda d: d["manifest"]["files"].pop("about.html"))


@tampering("signature does not fit")
def manifest_signed_by_another_key(site):
    path = site.folder / "proof" / "manifest.json"
    other = other_signer(site)
    manifest = SignedManifest.read(path.read_bytes(), "m").manifest
    path.write_bytes(signed_manifest(manifest, other).to_bytes())


@tampering("leads out of the site")
def path_traversal_in_the_manifest(site):
    def change(data):
        files = data["manifest"]["files"]
        files["../keys/key.json"] = files["about.html"]

    edit_json(site.folder / "proof" / "manifest.json", change)


@tampering("unknown term 'claim.journeymanMetric'")
def unknown_term_in_a_claim(site):
    """The forgery that a naive JSON-LD verifier lets through: it drops what it does not know."""
    edit_json(site.claim_file, lambda d: d["claim"].update(journeymanMetric=0.99))


@tampering("unknown term")
def unknown_term_deep_in_a_claim(site):
    edit_json(site.claim_file, lambda d: d["claim"]["environment"].update(gpu="none"))


@tampering("unknown term")
def unknown_term_in_the_manifest(site):
    edit_json(site.folder / "proof" / "manifest.json", lambda d: d.update(note="trust me"))


@tampering("the key 'value' twice")
def duplicated_key(site):
    edit(site.claim_file, b'"value":', b'"value":0.99,"value":')


@tampering("not in canonical form")
def float_written_in_another_way(site):
    text = repr(site.claim.value).encode()
    edit(site.claim_file, b'"value":' + text, b'"value":' + text + b"0")


@tampering("a term is left out")
def default_left_out(site):
    edit_json(site.claim_file, lambda d: d["claim"].pop("isolation"))


@tampering("not composed")
def unicode_normalised(site):
    decomposed = unicodedata.normalize("NFD", "Privaté")
    edit_json(site.claim_file, lambda d: d["claim"].update(statement=decomposed))


@tampering("holds NaN")
def not_a_number(site):
    edit(site.claim_file, b'"value":' + repr(site.claim.value).encode(), b'"value":NaN')


@tampering("missing, or is a link")
def symbolic_link(site):
    elsewhere = site.folder.parent / "about.html"
    shutil.move(site.page("about.html"), elsewhere)
    site.page("about.html").symlink_to(elsewhere)


@tampering("changed after it was signed")
def comment_in_a_number(site):
    edit(site.page(), b"</data>", b"<!-- not really --></data>")


@tampering("hides or restyles")
def number_hidden_in_place(site):
    edit(site.page(), b"<data ", b'<data style="display:none" ')


@tampering("changed after it was signed")
def style_that_hides(site):
    with site.page("site.css").open("a") as file:
        file.write("data { display: none } p::after { content: '0.999' }\n")


@tampering("changed after it was signed")
def script_added(site):
    script = b"<script>document.querySelector('data').textContent = '0.999'</script></body>"
    edit(site.page(), b"</body>", script)


@tampering("changed after it was signed")
def key_history_changed(site):
    other = other_signer(site)
    (site.folder / "proof" / "keys.json").write_bytes(other.ring.to_bytes())


@tampering("another id than its file says")
def older_claim_replayed(site):
    older, _, _ = make_claim(site.signer, at=NOON - timedelta(days=30))
    site.claim_file.write_bytes(sign(older, site.signer.private, NOON).to_bytes())


# By a forger who signs everything anew with another key


@tampering("not in the history")
def signed_anew_by_a_stranger_over_the_same_claims(site):
    other = other_signer(site)
    (site.folder / "proof" / "keys.json").write_bytes(other.ring.to_bytes())
    list_anew(site, other)


@tampering("is Bob's")
def claim_of_another_subject(site):
    other = other_signer(site, "Bob")
    claim, _, _ = make_claim(other)
    put_claim(site, sign(claim, other.private, NOON))
    list_anew(site)


@tampering("is not signed by the one before it")
def rotated_without_the_old_key(site):
    other = other_signer(site)

    def change(data):
        added = {**json.loads(other.ring.to_bytes())["keys"][0], "previous": site.signer.key}
        data["keys"].append(added)

    edit_json(site.folder / "proof" / "keys.json", change)
    list_anew(site, other)


# By the author, who has the key


@tampering("revoked")
def signed_with_a_revoked_key(site):
    keys = site.folder.parent / "own-keys"
    mine = make_site(site.folder.parent / "mine", keys)
    ring = mine.keyring.rotate(revoking="stolen")
    shutil.rmtree(site.folder)
    shutil.copytree(mine.folder, site.folder)
    (site.folder / "proof" / "keys.json").write_bytes(ring.to_bytes())
    list_anew(site, mine.signer)


@tampering("says issuer-attested, and no issuer has signed")
def level_raised_without_an_issuer(site):
    claim = site.claim.model_copy(update={"level": "issuer-attested"})
    put_claim(site, sign(claim, site.signer.private, NOON))
    list_anew(site)


@tampering("cannot be their own issuer")
def own_issuer(site):
    from journeyman.proof.claim import countersign

    signed = countersign(site.signed, site.signer.private, "A school", "issuer", NOON)
    put_claim(site, signed)
    list_anew(site)


@tampering("with a claim that is not in the bundle")
def number_with_a_claim_from_nowhere(site):
    edit(site.page(), site.claim.id.encode(), b"f" * 28)
    list_anew(site)


@tampering("where")
def other_number_shown_and_signed(site):
    number_in_the_text_of_a_page(site)
    list_anew(site)


@tampering("a comment")
def comment_in_a_number_and_signed(site):
    comment_in_a_number(site)
    list_anew(site)


@tampering("inside of a number")
def number_split_by_markup_and_signed(site):
    edit(site.page(), b"</data>", b"<b>9</b></data>")
    list_anew(site)


@tampering("names no claim")
def value_without_a_claim_and_signed(site):
    edit(site.page(), b"<p>", b'<p><data data-value="0.99">0.99</data>')
    list_anew(site)


@tampering("score")
def wrong_value_claimed_and_signed(site):
    claim, _, _ = make_claim(site.signer, value=site.claim.value + 1e-6)
    put_claim(site, sign(claim, site.signer.private, NOON))
    list_anew(site)


@tampering("the interval is")
def narrow_interval_claimed_and_signed(site):
    interval = site.claim.interval.model_copy(update={"low": site.claim.value - 0.001})
    claim = site.claim.model_copy(update={"interval": interval})
    put_claim(site, sign(claim, site.signer.private, NOON))
    list_anew(site)


@tampering("not those of the claimed split")
def other_rows_scored_and_signed(site):
    pins = site.claim.pins.model_copy(update={"split": canonical_ids(["another", "row"])})
    claim = site.claim.model_copy(update={"pins": pins})
    put_claim(site, sign(claim, site.signer.private, NOON))
    list_anew(site)


def test_there_are_enough():
    assert len(TAMPERINGS) >= 40


def test_the_untouched_copy_passes_to_the_depth_of_the_scores(site):
    verdict = check(site.folder, "rescore")
    assert verdict.findings == ()
    assert verdict.verified
    assert verdict.complete
    assert verdict.numbers == 4
    (step,) = verdict.steps
    assert (step.depth, step.outcome, step.tolerance) == ("rescore", "verified", "1e-09")
    assert step.found == site.claim.value


@pytest.mark.parametrize("name", list(TAMPERINGS))
def test_each_tampered_copy_is_found(site, name):
    if name == "symbolic_link" and os.name == "nt":
        pytest.skip("links need a privilege on Windows")
    change, told = TAMPERINGS[name]
    change(site)
    verdict = check(site.folder, "rescore")
    assert not verdict.verified
    assert any(told in one.told for one in verdict.findings), verdict.findings


def test_a_site_signed_anew_from_end_to_end_passes_until_the_key_is_named(tmp_path, site):
    """What no signature can tell: whose key it is. The notes say so, and --key finds it."""
    forged = make_site(tmp_path / "forged", tmp_path / "forger", name="Ada Byron")
    verdict = check(forged.folder)
    assert verdict.verified
    assert any("--key" in note for note in verdict.notes)
    assert not check(forged.folder, key=site.signer.key).verified
    assert check(site.folder, key=site.signer.key).verified


def test_every_byte_of_every_file_counts(site):
    """One bit of each file, at its start, middle and end."""
    for name, file in [*files_of(site.folder), ("m", site.folder / "proof" / "manifest.json")]:
        data = file.read_bytes()
        for place in {0, len(data) // 2, len(data) - 1}:
            changed = bytearray(data)
            changed[place] ^= 4
            file.write_bytes(bytes(changed))
            assert not check(site.folder).verified, (name, place)
        file.write_bytes(data)
    assert check(site.folder).verified


def test_every_byte_of_a_claim_by_itself_counts(site, tmp_path):
    data = site.signed.to_bytes()
    file = tmp_path / "claim.json"
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 1
        file.write_bytes(bytes(changed))
        try:
            found = not check(file).verified
        except Invalid:  # no JSON any more, or no claim
            found = True
        assert found, place
    file.write_bytes(data)
    assert check(file).verified


def test_pages_are_what_browsers_show():
    assert [one for one in ("a.html", "b.SVG", "c.json") if is_page(one)] == ["a.html", "b.SVG"]


def test_resealing_is_what_makes_a_change_pass(site):
    byte_in_a_page(site)
    reseal(site)
    assert check(site.folder).verified
    assert SignedClaim.read(site.claim_file.read_bytes(), "c") == site.signed
