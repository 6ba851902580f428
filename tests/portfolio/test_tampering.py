"""A full published site, changed in one way after another: `journeyman verify` finds every one.

Some changes are made by a stranger who cannot sign; others by one who can sign a list of files
anew, so that every byte fits, and shows what was never claimed.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from journeyman.delivery import showing, webruntime
from journeyman.errors import NotFound
from journeyman.proof import credentials
from journeyman.proof.bundle import (
    STATUS,
    seal,
)
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.checking import check
from journeyman.proof.claim import SignedClaim, countersign, new_id, sign
from journeyman.proof.keyring import Keyring
from tests.conftest import Clock
from tests.portfolio.tampering import (
    OTHER,
    PROJECT,
    Tamperings,
    artifact,
    claim_file,
    claims_of,
    copied,
    edit,
    edit_claim,
    list_anew,
    opened,
    told,
)

DEMO = "projects/late-parcels/demo"
BASE = "https://ada.example/work/"
BADGE = credentials.Achievement(
    "project", "late-parcels", "Late parcels", "A model that warns a depot.", "Handed in."
)


def put_demo(source, out, cache, back):
    """A demo's files, as `showing.demo` places them, without the runtime for browsers."""
    del source, cache, back
    out.mkdir()
    (out / "index.html").write_text(
        "<!doctype html><title>Demo</title><p>Weight: at most 30 kg</p>"
        '<script type="application/json" id="schema">{"max": 30}</script>'
    )
    (out / "page.js").write_text("export const limit = 30;\n")
    (out / "model.onnx").write_bytes(b"\x08\x08weights")
    (out / showing.MARK).write_text(json.dumps({"model": {"rows": 200}}))


@pytest.fixture(scope="module")
def rich(filled, bank, tmp_path_factory):
    """A site with a pinned project, a demo, badges and a status list; made once, read only."""
    root = tmp_path_factory.mktemp("rich")
    with opened(filled, bank, root, export="export") as (app, claim):
        home = root / "home"
        export = home / "projects" / "late-parcels" / "dossier" / "export"
        export.mkdir()
        (export / "model.onnx").write_bytes(b"a model")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(webruntime, "FILES", {})
            patch.setattr(showing, "demo", put_demo)
            app.publishing.publish(root / "site")
        site = root / "site"
        signer = app.proof.signer()
        sealed = json.loads((site / "proof" / "manifest.json").read_bytes())["manifest"][
            "sealed_at"
        ]
        now = datetime.fromisoformat(sealed)  # claims of an earlier publishing may be used again
        signed = [SignedClaim.read(p.read_bytes(), p.name) for p in claims_of(site)]
        pinned = next(one for one in signed if one.claim.id == claim.id)
        badge = credentials.issue(signer, BADGE, [pinned], at=now, base_url=BASE, index=3)
        (site / "badges").mkdir()
        (site / "badges" / "late.svg").write_bytes(
            credentials.bake_svg(credentials.badge_svg(BADGE), badge)
        )
        (site / "badges" / "late.png").write_bytes(
            credentials.bake_png(credentials.badge_png(BADGE), badge)
        )
        status = credentials.status_list(signer, BASE, [3], now)
        (site / STATUS).write_text(json.dumps(status))
        artifacts = [p.read_bytes() for p in (site / "proof" / "artifacts").iterdir()]
        seal(site, signed, signer, at=now, artifacts=artifacts)
        yield SimpleNamespace(
            root=root, home=home, folder=site, signer=signer, claim=claim, signed=pinned
        )


@pytest.fixture
def site(rich, tmp_path):
    return copied(rich, tmp_path)


def stranger(site):
    return Keyring(site.root / "strange", Clock()).signer(site.signer.name)


# By a stranger who cannot sign: one place of one file

CHANGED = {
    "number-shown": (OTHER, ">0.61<", ">0.71<"),
    "number-in-attribute": (OTHER, 'data-value="0.61"', 'data-value="0.71"'),
    "number-on-another-page": ("index.html", ">0.61<", ">0.71<"),
    "interval-end": (OTHER, ">0.55<", ">0.60<"),
    "interval-level": (OTHER, "95 % interval", "99 % interval"),
    "competition-score": ("competitions.html", ">0.972<", ">0.982<"),
    "isolation-level": ("competitions.html", "Level L1", "Level L2"),
    "medal": ("competitions.html", "gold medal", "platinum medal"),
    "rung": ("competitions.html", "rung 2 of 4", "rung 4 of 4"),
    "date": (PROJECT, "2026-02-27", "2025-02-27"),
    "name": ("index.html", "Søn", "Smith"),
    "name-look-alike": ("index.html", "Ada", "\N{CYRILLIC CAPITAL LETTER A}da"),
    "employer": ("cv.html", "Northern Rail", "Northern Bank"),
    "number-in-prose": (PROJECT, "two minutes", "two seconds"),
    "commit": (PROJECT, "4f2a9c81d0", "4f2a9c81d1"),
    "whitespace-in-a-number": (OTHER, ">0.61<", "> 0.61<"),
    "look-alike-digit": (OTHER, ">0.61<", ">0.6\N{FULLWIDTH DIGIT ONE}<"),
    "look-alike-point": (OTHER, ">0.61<", ">0\N{MIDDLE DOT}61<"),
    "zero-width-space": (OTHER, ">0.61<", ">0.6\N{ZERO WIDTH SPACE}1<"),
    "claim-on-the-page": (OTHER, '"value":0.61,', '"value":0.71,'),
    "style": ("portfolio.css", "--paper: #ffffff", "--paper: #fffffe"),
    "checker": ("check.js", "verify", "Verify"),
    "checker-not-loaded": ("index.html", "check.js", "chuck.js"),
    "policy": ("index.html", "Content-Security-Policy", "X-Security-Policy"),
    "key-on-the-page": ("proof.html", "<dt>Fingerprint</dt><dd><code>", "<dt>Fingerprint</dt><dd>"),
    "evidence": ("evidence.jsonl", '"score": 0.0', '"score": 1.0'),
    "resume": ("resume.json", '"value": 0.61', '"value": 0.91'),
    "feed": ("feed.xml", "Second", "Third"),
    "chart": ("projects/late-parcels/charts-calibration.svg", "380,30", "380,10"),
    "chart-table": (PROJECT, "<td>0.84</td>", "<td>0.94</td>"),
    "picture-of-writing": ("writing/leak/loss.svg", "20,180", "20,10"),
    "demo-model": (f"{DEMO}/model.onnx", "weights", "Weights"),
    "demo-schema": (f"{DEMO}/index.html", '"max": 30', '"max": 90'),
    "demo-script": (f"{DEMO}/page.js", "30", "90"),
    "demo-parity": (f"{DEMO}/demo.json", "200", "900"),
    "badge-svg": ("badges/late.svg", "Handed in", "Honoured."),
    "badge-png": ("badges/late.png", "Handed in", "Honoured."),
    "status-list": (STATUS, '"encodedList": "u', '"encodedList": "v'),
    "robots": ("robots.txt", "Allow", "Disallow"),
}
AT_ONCE = {"number-shown", "interval-end", "look-alike-digit", "evidence", "badge-png"}


@pytest.mark.parametrize(
    "name",
    [one if one in AT_ONCE else pytest.param(one, marks=pytest.mark.slow) for one in CHANGED],
)
def test_a_changed_file_is_found(site, name):
    file, old, new = CHANGED[name]
    edit(site.folder / file, old, new)
    found = check(site.folder)
    assert (file, "This file was changed after it was signed.") in told(found)


# The rest: what is found is named by a word of its sentence

tampering = Tamperings()


@tampering("changed after it was signed")
def predictions(site):
    edit(artifact(site, "predictions"), "row-1,", "row-2,")


@tampering("changed after it was signed")
def labels(site):
    edit(artifact(site, "labels"), "row-1,", "row-9,")


@tampering("changed after it was signed")
def bundles_swapped(site):
    one, other = artifact(site, "labels"), artifact(site, "predictions")
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


@tampering("replayed from elsewhere")
def claims_swapped(site):
    first, second = claims_of(site.folder)[:2]
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)


@tampering("changed after it was signed")
def claims_swapped_between_two_pages(site):
    pages = [site.folder / name for name in (PROJECT, OTHER)]
    ids = [page.read_text("utf-8").split('data-claim="', 1)[1][:28] for page in pages]
    for page, mine, theirs in zip(pages, ids, reversed(ids), strict=True):
        page.write_text(page.read_text("utf-8").replace(mine, theirs), "utf-8")


@tampering("changed after it was signed")
def line_endings(site):
    page = site.folder / OTHER
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))


@tampering("changed after it was signed")
def letters_decomposed(site):
    edit(
        site.folder / OTHER,
        "\N{LATIN SMALL LETTER O WITH STROKE}",
        "o\N{COMBINING SHORT SOLIDUS OVERLAY}",
    )


@tampering("does not fit", slow=False)
def field_of_a_claim(site):
    edit_claim(site, lambda row: row["claim"].update(seed=1))


@tampering("does not fit")
def split_of_a_claim(site):
    edit_claim(site, lambda row: row["claim"]["pins"].update(split="0" * 64))


@tampering("unknown term", slow=False)
def unknown_term(site):
    edit_claim(site, lambda row: row["claim"].update(rank="first of 4,000"))


@tampering("unknown term")
def unknown_term_within(site):
    edit_claim(site, lambda row: row["claim"]["interval"].update(note="exact"))


@tampering("replayed")
def old_claim_replayed(site):
    older = site.claim.model_copy(
        update={"id": new_id(Clock()()), "value": site.claim.interval.high}
    )
    claim_file(site).write_bytes(sign(older, site.signer.private, Clock()()).to_bytes())


@tampering("missing")
def page_removed(site):
    (site.folder / OTHER).unlink()


@tampering("missing")
def claim_removed(site):
    claim_file(site).unlink()


@tampering("missing")
def keys_removed(site):
    (site.folder / "proof" / "keys.json").unlink()


@tampering("missing")
def page_renamed(site):
    (site.folder / OTHER).rename(site.folder / "projects" / "Bird-songs.html")


@tampering("missing, or is a link")
def page_made_a_link(site):
    page = site.folder / OTHER
    (site.root / "elsewhere.html").write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(site.root / "elsewhere.html")


@tampering("added after", slow=False)
def page_added_with_a_number(site):
    (site.folder / "award.html").write_text('<p>First of <data value="4000">4000</data></p>')


@tampering("added after")
def hidden_file_added(site):
    (site.folder / "projects" / ".award.html").write_text("<p>First prize</p>")


@tampering("signature does not fit")
def manifest_field(site):
    edit(site.folder / "proof" / "manifest.json", '"sealed_at":"2026', '"sealed_at":"2025')


@tampering("signature does not fit")
def manifest_forgets_a_file(site):
    path = site.folder / "proof" / "manifest.json"
    row = json.loads(path.read_bytes())
    del row["manifest"]["files"][OTHER]
    path.write_bytes(canonical(row))


@tampering("not in canonical form")
def manifest_written_otherwise(site):
    path = site.folder / "proof" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes())), "utf-8")


@tampering("changed after it was signed")
def history_of_keys(site):
    edit(site.folder / "proof" / "keys.json", '"created_at":"2026', '"created_at":"2025')


# By somebody who signs the list of files anew, so that every byte fits it


@tampering("not in the history")
def forged_key(site):
    other = stranger(site)
    (site.folder / "proof" / "keys.json").write_bytes(other.ring.to_bytes())
    list_anew(site, other)


@tampering("not signed by the current key")
def strange_key_under_the_true_history(site):
    list_anew(site, stranger(site))


@tampering("revoked")
def revoked_key(site):
    keys = shutil.copytree(site.home / "keys", site.root / "keys")
    ring = Keyring(keys, Clock()).rotate(revoking="stolen")
    (site.folder / "proof" / "keys.json").write_bytes(ring.to_bytes())
    list_anew(site)


@tampering("younger than the site")
def claim_of_tomorrow(site):
    later = Clock()() + timedelta(days=9)
    put_claim(site, issued_at=later.strftime("%Y-%m-%dT%H:%M:%SZ"))


@tampering("no issuer has signed")
def level_raised(site):
    put_claim(site, level="issuer-attested")


@tampering("their own issuer")
def own_issuer(site):
    signed = countersign(site.signed, site.signer.private, "A school", "issuer", Clock()())
    claim_file(site).write_bytes(signed.to_bytes())
    list_anew(site)


def put_claim(site, **changes):
    """Another claim in the place of the pinned one, on every page too, all signed."""
    claim = site.claim.model_copy(update=changes)
    before = claim_file(site).read_bytes()
    after = sign(claim, site.signer.private, Clock()()).to_bytes()
    claim_file(site).write_bytes(after)
    for page in site.folder.rglob("*.html"):
        page.write_bytes(page.read_bytes().replace(before, after))
    list_anew(site)


@tampering("where 0.61 is claimed", slow=False)
def number_shown_and_listed(site):
    edit(site.folder / OTHER, ">0.61<", ">0.71<")
    list_anew(site)


@tampering("where 0.61 is claimed")
def look_alike_digit_listed(site):
    edit(site.folder / OTHER, ">0.61<", ">0.6\N{FULLWIDTH DIGIT ONE}<")
    list_anew(site)


@tampering("where 0.55 is claimed")
def interval_widened_and_listed(site):
    edit(site.folder / OTHER, ">0.55<", ">0.60<")
    list_anew(site)


@tampering("is claimed")
def value_of_another_claim_listed(site):
    page = site.folder / OTHER
    mine = page.read_text("utf-8").split('data-claim="', 1)[1][:28]
    edit(page, f'data-claim="{mine}"', f'data-claim="{site.claim.id}"')
    list_anew(site)


@tampering("where 0.61 is claimed", slow=False)
def number_of_the_resume_listed(site):
    edit(site.folder / "resume.json", '"value": 0.61', '"value": 0.91')
    list_anew(site)


@tampering("not in the bundle")
def claim_of_the_resume_listed(site):
    before = (site.folder / "resume.json").read_text("utf-8")
    mine = before.split('"proof/claims/', 1)[1][:28]
    edit(site.folder / "resume.json", mine, "f" * 28)
    list_anew(site)


@tampering("not the one in the bundle")
def claim_on_the_page_listed(site):
    edit(site.folder / OTHER, '"value":0.61,', '"value":0.66,')
    list_anew(site)


@tampering("rescore")
def predictions_and_listed(site):
    rows = artifact(site, "predictions").read_bytes().replace(b"row-1,", b"row-x,", 1)
    artifact(site, "predictions").unlink()
    pins = site.claim.pins.model_copy(update={"predictions": sha256(rows)})
    (site.folder / "proof" / "artifacts" / sha256(rows)).write_bytes(rows)
    put_claim(site, pins=pins)


@tampering("rescore")
def split_and_listed(site):
    put_claim(site, pins=site.claim.pins.model_copy(update={"split": "0" * 64}))


def test_the_untouched_site_holds_and_is_scored_again(rich):
    found = check(rich.folder, "rescore")
    assert found.findings == ()
    assert found.reached[rich.claim.id] == "rescore"


def test_there_are_at_least_thirty_kinds():
    assert len(CHANGED) + len(tampering.ways) >= 30
    assert not CHANGED.keys() & tampering.ways.keys()


@pytest.mark.parametrize("name", tampering.order)
def test_a_tampered_copy_is_found(site, name):
    tampering.is_found(name, site)


def test_without_its_manifest_nothing_is_called_verified(site):
    (site.folder / "proof" / "manifest.json").unlink()
    with pytest.raises(NotFound, match="proof was removed"):
        check(site.folder)
