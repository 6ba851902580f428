"""Further ways to change a published site; `journeyman verify` finds every one, or says it plainly.

The first kind is by a stranger who cannot sign; the second by somebody who signs the list of files
anew, so that every byte fits it, with a key of the site or with one of their own.
"""

from __future__ import annotations

import json
import re
import shutil
from types import SimpleNamespace

import pytest

from journeyman.errors import Invalid, NotFound
from journeyman.proof.bundle import STATUS
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.checking import check
from journeyman.proof.claim import SignedClaim, new_id, sign
from journeyman.proof.keyring import Keyring
from journeyman.proof.sites import LONGEST_PAGE
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
    list_anew,
    opened,
    told,
)

ADDRESS = "https://ada.example/work/"
POST = "writing/model.html"


@pytest.fixture(scope="module")
def rich(filled, bank, tmp_path_factory):
    """A site with an address, bound figures, a badge's status list and pinned predictions."""
    root = tmp_path_factory.mktemp("more")
    with opened(filled, bank, root) as (app, claim):
        home = root / "home"
        text = f"It reaches [{claim.value:.3f}](claim:late-parcels) on 400 rows."
        (home / "writing" / "model.md").write_text(
            f"---\ntitle: A model\ndate: 2026-03-03\n---\n{text}\n"
        )
        app.publishing.publish(root / "site", address=ADDRESS)
        app.proof.badge("skill/pca")
        app.publishing.publish(root / "site", address=ADDRESS)
        yield SimpleNamespace(
            root=root, home=home, folder=root / "site", signer=app.proof.signer(), claim=claim
        )


@pytest.fixture
def site(rich, tmp_path):
    return copied(rich, tmp_path)


tampering = Tamperings()


def replacing(name, file, old, new):
    """A stranger changes one place of one file."""

    def change(site):
        edit(site.folder / file, old, new)

    change.__name__ = name
    tampering("This file was changed after it was signed.")(change)


for _name, _file, _old, _new in (
    ("digit_in_alt_text", "writing/leak.html", 'alt="A falling line"', 'alt="A line to 0.99"'),
    ("axis_of_a_drawn_chart", "writing/leak.html", ">0.5<", ">0.2<"),
    ("table_of_a_drawn_chart", "writing/leak.html", "<td>0.66</td>", "<td>0.16</td>"),
    ("bar_of_an_interval", "index.html", "<svg ", "<svg data-x=1 "),
    ("description_for_machines", PROJECT, 'name="description" content="', 'name="description" content="9 '),
    ("title_for_previews", PROJECT, 'og:title" content="', 'og:title" content="Best: '),
    ("json_ld_date", PROJECT, '"datePublished": "2026', '"datePublished": "2016'),
    ("json_ld_job", "index.html", '"jobTitle": "', '"jobTitle": "Chief '),
    ("json_ld_author", PROJECT, '"@type": "Person", "name": "', '"@type": "Person", "name": "Dr '),
    ("feed_date", "feed.xml", "<updated>2026", "<updated>2027"),
    ("feed_address", "feed.xml", "ada.example", "adа.example"),
    ("site_map", "sitemap.xml", "<loc>https://ada.example", "<loc>https://eve.example"),
    ("canonical_address", "index.html", 'rel="canonical" href="https://ada', 'rel="canonical" href="https://eve'),
    ("figure_in_a_text", POST, "</data></a>", "9</data></a>"),
    ("plain_figure_in_a_text", POST, "400 rows", "40000 rows"),
    ("link_of_a_figure", POST, 'class="claimed" href="../proof', 'class="claimed" href="../prоof'),
    ("the_authors_word_hidden", POST, '<p class="note word">', '<p class="note word" hidden>'),
    ("status_list_flipped", STATUS, '"encodedList": "u', '"encodedList": "uH'),
    ("honest_sentence_removed", POST, "does not show that the author measured", "shows that the author measured"),
    ("resume_employer", "resume.json", "Northern Rail", "Northern Bank"),
    ("script_added", "index.html", "</body>", "<script src=more.js></script></body>"),
    ("css_shows_another_number", "portfolio.css", "body {", '[data-claim]::after { content: "9" } body {'),
    ("comment_with_a_number", "index.html", "</main>", "<!-- 0.999 --></main>"),
    ("superscript_added", "competitions.html", "</data>", "</data><sup>2</sup>"),
    ("right_to_left_override", "index.html", "<h1>", "<h1>\N{RIGHT-TO-LEFT OVERRIDE}"),
    ("nested_pages_base", "index.html", "<head>", '<head><base href="https://eve.example/">'),
    ("redirect_by_meta", "index.html", "<head>", '<head><meta http-equiv="refresh" content="0;url=https://e.example">'),
):  # fmt: skip
    replacing(_name, _file, _old, _new)


@tampering("changed after it was signed")
def bom_added(site):
    page = site.folder / OTHER
    page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes())


@tampering("changed after it was signed")
def truncated(site):
    page = site.folder / OTHER
    page.write_bytes(page.read_bytes()[:-1])


@tampering("changed after it was signed", slow=False)
def predictions_reordered_under_their_name(site):
    lines = artifact(site, "predictions").read_bytes().splitlines(keepends=True)
    artifact(site, "predictions").write_bytes(b"".join([lines[0], *reversed(lines[1:])]))


@tampering("added after")
def file_in_no_list(site):
    (site.folder / "proof" / "claims" / "award.txt").write_text("First of 4,000")


@tampering("added after")
def folder_made_a_link(site):
    (site.root / "outside").mkdir()
    (site.folder / "more").symlink_to(site.root / "outside")


@tampering("missing, or is a link")
def folder_of_pages_made_a_link(site):
    shutil.move(site.folder / "projects", site.root / "projects")
    (site.folder / "projects").symlink_to(site.root / "projects")


def manifest(site, change):
    path = site.folder / "proof" / "manifest.json"
    row = json.loads(path.read_bytes())
    change(row)
    path.write_bytes(canonical(row))


@tampering("leads out of the site", slow=False)
def path_out_of_the_site(site):
    manifest(site, lambda row: row["manifest"]["files"].update(
        {"../home/keys/key.pem": {"sha256": "0" * 64, "bytes": 1}}))  # fmt: skip


@tampering("letters that not every system allows")
def path_with_a_drive(site):
    manifest(site, lambda row: row["manifest"]["files"].update(
        {"C:/keys": {"sha256": "0" * 64, "bytes": 1}}))  # fmt: skip


@tampering("is not valid")
def path_in_the_name_of_a_claim(site):
    manifest(site, lambda row: row["manifest"].update(claims=["../../home/keys/key.pem"]))


@tampering("nested too deeply")
def manifest_without_end(site):
    path = site.folder / "proof" / "manifest.json"
    path.write_bytes(b"[" * 200_000)


@tampering("twice", slow=False)
def key_twice_in_a_claim(site):
    edit(claim_file(site), '"claim":{', '"claim":{"value":0.99,')


@tampering("no JSON number")
def not_a_number(site):
    edit(claim_file(site), '"seed":', '"seed":NaN,"seed2":')


@tampering("too large to be exact")
def huge_whole_number(site):
    edit(claim_file(site), '"seed":', '"seed":99999999999999999999999,"x":')


@tampering("not in canonical form")
def claim_with_line_ends(site):
    claim_file(site).write_bytes(claim_file(site).read_bytes() + b"\r\n")


@tampering("no JSON in UTF-8")
def claim_with_bom(site):
    claim_file(site).write_bytes(b"\xef\xbb\xbf" + claim_file(site).read_bytes())


# By somebody who signs the list of files anew


@tampering("directly after", slow=False)
def digit_behind_a_number(site):
    edit(site.folder / OTHER, ">0.61</data>", ">0.61</data>9")
    list_anew(site)


@tampering("directly after")
def per_cent_behind_a_number(site):
    edit(site.folder / OTHER, ">0.61</data>", ">0.61</data></b> %")
    list_anew(site)


@tampering("directly before")
def digit_before_a_number(site):
    page = site.folder / OTHER
    text = page.read_text("utf-8")
    page.write_text(text.replace("<data value", "1<data value", 1), "utf-8")
    list_anew(site)


@tampering("directly before")
def minus_before_a_number(site):
    page = site.folder / OTHER
    text = page.read_text("utf-8")
    page.write_text(text.replace("<data value", "<b>−</b><data value", 1), "utf-8")
    list_anew(site)


@tampering("where 0.61 is claimed")
def rounded_to_one(site):
    edit(site.folder / OTHER, ">0.61<", ">1<")
    list_anew(site)


@tampering("is claimed")
def figure_of_a_text_and_listed(site):
    page = site.folder / POST
    text = page.read_text("utf-8")
    changed = re.sub(r">0\.(\d)", lambda found: f">0.{9 - int(found[1])}", text, count=1)
    assert changed != text
    page.write_text(changed, "utf-8")
    list_anew(site)


@tampering("a comment")
def comment_in_a_number(site):
    edit(site.folder / OTHER, ">0.61<", ">0.61<!-- 0.99 --><")
    list_anew(site)


@tampering("<b> inside of a number")
def element_in_a_number(site):
    edit(site.folder / OTHER, ">0.61<", ">0.<b>9</b>61<")
    list_anew(site)


@tampering("hides or restyles")
def number_styled_away(site):
    page = site.folder / OTHER
    text = page.read_text("utf-8")
    page.write_text(text.replace("<data value", '<data style="font-size:0" value', 1), "utf-8")
    list_anew(site)


@tampering("has an attribute twice")
def attribute_twice(site):
    page = site.folder / OTHER
    text = page.read_text("utf-8")
    page.write_text(text.replace("<data value", '<data data-value="0.99" value', 1), "utf-8")
    list_anew(site)


@tampering("never closed")
def number_without_end(site):
    page = site.folder / OTHER
    text = page.read_text("utf-8")
    at = text.rindex("</data>")
    page.write_text(text[:at] + text[at + 7 :], "utf-8")
    list_anew(site)


@tampering("where 0.61 is claimed")
def roman_numeral(site):
    edit(site.folder / OTHER, ">0.61<", ">Ⅷ<")
    list_anew(site)


@tampering("where 0.61 is claimed")
def mathematical_digits(site):
    edit(site.folder / OTHER, ">0.61<", ">0.\U0001d7df\U0001d7d9<")
    list_anew(site)


@tampering("somebody else's", slow=False)
def status_list_of_another_key(site):
    from journeyman.proof import credentials

    other = Keyring(site.root / "strange", Clock()).signer(site.signer.name)
    made = credentials.status_list(other, ADDRESS, [], Clock()())
    (site.folder / STATUS).write_text(json.dumps(made))
    list_anew(site)


@tampering("does not hold")
def status_list_and_listed(site):
    row = json.loads((site.folder / STATUS).read_bytes())
    row["validFrom"] = "2020-01-01T00:00:00Z"
    (site.folder / STATUS).write_text(json.dumps(row))
    list_anew(site)


@tampering("not the one in the bundle")
def older_claim_on_the_page(site):
    """The page shows and carries an older claim of the same signer; the bundle has the newer."""
    older = site.claim.model_copy(update={"seed": 99})
    before = claim_file(site).read_bytes()
    page = site.folder / PROJECT
    signed = sign(older, site.signer.private, Clock()()).to_bytes()
    page.write_bytes(page.read_bytes().replace(before, signed))
    list_anew(site)


@tampering("is claimed")
def claims_of_two_projects_swapped(site):
    one, other = (site.folder / name for name in (PROJECT, OTHER))
    ids = [p.read_text("utf-8").split('data-claim="', 1)[1][:28] for p in (one, other)]
    for page, mine, theirs in zip((one, other), ids, reversed(ids), strict=True):
        text = page.read_text("utf-8").replace(f'data-claim="{mine}"', f'data-claim="{theirs}"')
        page.write_text(text, "utf-8")
    list_anew(site)


@tampering("the claims in the site are not the same")
def claim_that_nobody_lists(site):
    made = site.claim.model_copy(update={"id": new_id(Clock()())})
    path = site.folder / "proof" / "claims" / f"{made.id}.json"
    path.write_bytes(sign(made, site.signer.private, Clock()()).to_bytes())
    before = {one.name for one in claims_of(site.folder)} - {path.name}
    list_anew(site)
    from journeyman.proof.bundle import SignedManifest, signed_manifest

    file = site.folder / "proof" / "manifest.json"
    now = SignedManifest.read(file.read_bytes(), "it").manifest
    fewer = now.model_copy(update={"claims": tuple(sorted(n[:-5] for n in before))})
    file.write_bytes(signed_manifest(fewer, site.signer).to_bytes())


@tampering("cannot be compared")
def resume_with_a_key_twice(site):
    edit(site.folder / "resume.json", '"meta": {', '"meta": {"a": 1, "a": 2, ')
    list_anew(site)


@tampering("cannot be compared")
def resume_without_end(site):
    (site.folder / "resume.json").write_text('{"a":' * 100_000)
    list_anew(site)


@tampering("which is no JSON number")
def resume_with_infinity(site):
    edit(site.folder / "resume.json", '"value": 0.61', '"value": Infinity')
    list_anew(site)


@tampering("was not read to its end")
def page_without_end(site):
    (site.folder / OTHER).write_bytes(b" " * (LONGEST_PAGE + 1))
    list_anew(site)


@tampering("rescore")
def labels_and_listed(site):
    rows = artifact(site, "labels").read_bytes().replace(b",1\n", b",0\n", 9)
    artifact(site, "labels").unlink()
    (artifact(site, "labels").parent / sha256(rows)).write_bytes(rows)
    pins = site.claim.pins.model_copy(update={"labels": sha256(rows)})
    before = claim_file(site).read_bytes()
    made = site.claim.model_copy(update={"pins": pins})
    after = sign(made, site.signer.private, Clock()()).to_bytes()
    claim_file(site).write_bytes(after)
    for page in site.folder.rglob("*.html"):
        page.write_bytes(page.read_bytes().replace(before, after))
    list_anew(site)


def test_the_untouched_site_holds(rich):
    assert check(rich.folder, "rescore").findings == ()
    assert len(tampering.ways) >= 60


@pytest.mark.parametrize("name", tampering.order)
def test_a_tampered_copy_is_found(site, name):
    tampering.is_found(name, site)


def forge(site):
    """Everything signed anew by a stranger who calls themselves the same."""
    other = Keyring(site.root / "strange", Clock()).signer(site.signer.name)
    for file in claims_of(site.folder):
        signed = SignedClaim.read(file.read_bytes(), file.name)
        subject = signed.claim.subject.model_copy(update={"key": other.key})
        before = file.read_bytes()
        made = signed.claim.model_copy(update={"subject": subject})
        after = sign(made, other.private, Clock()()).to_bytes()
        file.write_bytes(after)
        for page in site.folder.rglob("*.html"):
            page.write_bytes(page.read_bytes().replace(before, after))
    (site.folder / "proof" / "keys.json").write_bytes(other.ring.to_bytes())
    (site.folder / STATUS).unlink()
    list_anew(site, other)


@pytest.mark.slow
def test_a_site_signed_anew_by_a_stranger_is_told_by_the_key_alone(site):
    forge(site)
    found = check(site.folder)
    assert found.verified
    assert any("to know whose it is, compare its fingerprint" in one for one in found.notes)
    from journeyman.proof.signing import fingerprint

    for named in (site.signer.key, fingerprint(site.signer.key)):
        found = check(site.folder, key=named)
        assert "It is signed by another key than the one that you named." in [
            one.told for one in found.findings
        ]


def test_what_is_no_site_is_told_in_a_sentence(site):
    archive = site.root / "site.zip"
    shutil.make_archive(str(archive.with_suffix("")), "zip", site.folder)
    archive.write_bytes(archive.read_bytes()[:2000])
    with pytest.raises((Invalid, NotFound)) as refused:
        check(archive)
    assert refused.value.message.count(".") <= 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "reference",
    ["proof/claims/../../keys.json", "../proof/claims/{id}.json/../x.json", "proof/claims/.json"],
)
def test_a_reference_out_of_the_claims_is_never_followed(site, reference):
    file = site.folder / "resume.json"
    row = json.loads(file.read_text("utf-8"))
    row["projects"][0]["claims"][0]["file"] = reference.format(id=site.claim.id)
    row["projects"][0]["claims"][0]["value"] = 0.999
    file.write_text(json.dumps(row), "utf-8")
    list_anew(site)
    assert any("not in the bundle" in one for _, one in told(check(site.folder)))
    del row["projects"][0]["claims"][0]["file"]
    file.write_text(json.dumps(row), "utf-8")
    list_anew(site)
    assert any("not in the bundle" in one for _, one in told(check(site.folder)))
