"""Writing a site: signed, checked by a stranger, the same bytes again, and never at others' cost."""

import hashlib
import json
import shutil
import subprocess

import pytest

from journeyman.delivery import showing, webruntime
from journeyman.errors import Conflict, Invalid
from journeyman.portfolio import choices, service
from journeyman.proof.checking import check
from tests.portfolio import making, reading


def bytes_of(site):
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in site.rglob("*")
        if file.is_file()
    }


def test_a_stranger_verifies_every_byte_and_number(full):
    found = check(str(full))
    assert found.verified
    assert found.findings == ()
    assert len(found.claims) >= 15
    assert found.numbers > 50


def test_every_measured_number_of_the_pages_carries_a_claim(full):
    for page in reading.pages(full):
        for element in reading.parsed(page).iter("data"):
            assert element.get("data-claim"), (page, element.text)


def test_publishing_the_same_record_again_gives_the_same_bytes(own, tmp_path):
    first = own.publishing.publish(tmp_path / "one")
    again = own.publishing.publish(tmp_path / "one")
    own.publishing.publish(tmp_path / "two")
    assert first.written > 20
    assert again.written == 0
    assert again.removed == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_what_is_no_longer_shown_goes_and_nothing_else(own, tmp_path):
    site = tmp_path / "site"
    own.publishing.publish(site)
    (site / "CNAME").write_text("ada.example")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref")
    own.publishing.choose(lambda now: choices.hide(now, ["projects", "writing"]))
    done = own.publishing.publish(site)
    assert done.removed > 5
    assert not (site / "projects").exists()
    assert not (site / "feed.xml").exists()
    assert (site / "CNAME").read_text() == "ada.example"
    assert (site / ".git" / "HEAD").is_file()
    assert check(str(site)).verified


def test_a_folder_with_foreign_files_is_refused_and_left_alone(app, tmp_path):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "index.html").write_text("mine")
    with pytest.raises(Conflict, match=r"holds index\.html, a file that Journeyman did not write"):
        app.publishing.publish(foreign)
    assert bytes_of(foreign).keys() == {"index.html"}
    assert not app.proof.keyring.exists
    (tmp_path / "file").write_text("x")
    with pytest.raises(Conflict, match="is a file"):
        app.publishing.publish(tmp_path / "file")
    app.publishing.publish(tmp_path / "site")
    (tmp_path / "site" / "thesis.txt").write_text("mine")
    with pytest.raises(Conflict, match=r"thesis\.txt"):
        app.publishing.publish(tmp_path / "site")
    assert (tmp_path / "site" / "thesis.txt").read_text() == "mine"


def test_a_publishing_that_was_killed_is_done_again(app, settings, tmp_path, monkeypatch):
    making.put_project(settings.home)
    real, left = service._put, [7]

    def dying(file, data):
        if not left[0]:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.with_name(file.name + ".journeyman-new").write_bytes(data[:10])
            raise KeyboardInterrupt
        left[0] -= 1
        return real(file, data)

    monkeypatch.setattr(service, "_put", dying)
    with pytest.raises(KeyboardInterrupt):
        app.publishing.publish(tmp_path / "site")
    monkeypatch.setattr(service, "_put", real)
    app.publishing.publish(tmp_path / "site")
    assert check(str(tmp_path / "site")).verified
    assert not list((tmp_path / "site").rglob("*.journeyman-new"))


def test_an_unsigned_site_says_so_on_every_page_with_work(app, settings, tmp_path):
    making.put_project(settings.home)
    app.publishing.publish(tmp_path / "site")
    done = app.publishing.publish(tmp_path / "site", unsigned=True)
    assert done.claims == 0
    assert not (tmp_path / "site" / "proof").exists()
    for page in reading.pages(tmp_path / "site"):
        source = page.read_text("utf-8")
        assert "data-claim" not in source
        assert page.name == "404.html" or "This site is not signed" in source
    assert reading.dead_links(tmp_path / "site") == []


def test_a_protected_key_is_asked_for_once(app, settings, tmp_path):
    making.put_project(settings.home)
    app.proof.keyring.make()
    app.proof.keyring.protect("correct horse")
    with pytest.raises(Invalid, match="protected by a passphrase"):
        app.publishing.publish(tmp_path / "site")
    asked = []

    def passphrase():
        asked.append(1)
        return "correct horse"

    app.publishing.publish(tmp_path / "site", passphrase=passphrase)
    assert asked == [1]
    assert check(str(tmp_path / "site")).verified


def test_a_name_that_cannot_be_signed_is_told(app, settings, tmp_path):
    making.put_project(settings.home)
    app.change(name="Ada <b>")
    with pytest.raises(Invalid, match="cannot be signed"):
        app.publishing.publish(tmp_path / "site")
    app.publishing.publish(tmp_path / "site", unsigned=True)
    assert "Ada &lt;b&gt;" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_damaged_claim_of_the_last_publishing_is_made_anew(app, settings, tmp_path):
    making.put_project(settings.home)
    app.publishing.publish(tmp_path / "site")
    for file in (settings.home / "claims" / "site").glob("*.json"):
        file.write_bytes(file.read_bytes()[:50])
    done = app.publishing.publish(tmp_path / "site")
    assert done.claims == 4
    assert check(str(tmp_path / "site")).verified
    assert len(list((settings.home / "claims" / "site").glob("*.json"))) == 4


@pytest.mark.slow
def test_claims_of_a_revoked_key_are_made_anew(own, tmp_path):
    site = tmp_path / "site"
    own.publishing.publish(site)
    before = {one.id for one in check(str(site)).claims}
    own.proof.keyring.rotate()
    own.publishing.publish(site)
    assert {one.id for one in check(str(site)).claims} == before
    own.proof.keyring.revoke(own.proof.keyring.ring.keys[0].id, "lost")
    own.publishing.publish(site)
    found = check(str(site))
    assert found.verified
    assert not {one.id for one in found.claims} & before


@pytest.mark.slow
def test_a_claim_that_others_stand_behind_comes_first(own, tmp_path):
    signed = own.proof.claim_exercise("euclidean-distances")
    own.publishing.publish(tmp_path / "site")
    page = (tmp_path / "site" / "exercises" / "euclidean-distances.html").read_text("utf-8")
    assert f'data-claim="{signed.claim.id}"' in page


def test_the_claim_of_a_project_that_pins_its_predictions_is_used(app, settings, tmp_path):
    folder = making.put_project(settings.home)
    claim = making.put_bundle(app, folder / "bundle", "late-parcels")
    number = making.dossier()["numbers"][0] | {
        "name": claim.metric.name, "value": claim.value, "baseline": None,
        "low": claim.interval.low, "high": claim.interval.high,
    }  # fmt: skip
    row = making.dossier(bundle="bundle", numbers=[number])
    (folder / "dossier.json").write_text(json.dumps(row))
    app.publishing.publish(tmp_path / "site")
    found = check(str(tmp_path / "site"), "rescore")
    assert found.verified
    assert found.reached == {claim.id: "rescore"}


def test_a_project_with_a_model_has_a_demo_where_its_runtime_is(
    app, settings, tmp_path, monkeypatch
):
    folder = making.put_project(settings.home, export="export")
    (folder / "export").mkdir()
    (folder / "export" / "model.onnx").write_bytes(b"a model")
    done = app.publishing.publish(tmp_path / "site")
    assert any("no live demo: the runtime for browsers is not on this" in n for n in done.notes)
    assert not (tmp_path / "site" / "projects" / "late-parcels" / "demo").exists()
    made = []

    def demo(source, out, cache, back):
        assert back == "../../late-parcels.html"
        made.append(source)
        out.mkdir()
        (out / "index.html").write_text("<!doctype html><title>Demo</title><p>A demo.</p>")

    monkeypatch.setattr(webruntime, "FILES", {})
    monkeypatch.setattr(showing, "demo", demo)
    for _ in range(2):
        done = app.publishing.publish(tmp_path / "site")
    assert made == [folder / "export"]
    page = (tmp_path / "site" / "projects" / "late-parcels.html").read_text("utf-8")
    assert 'href="late-parcels/demo/index.html"' in page
    assert check(str(tmp_path / "site")).verified

    def refuse(*_, **__):
        raise Invalid("No demo was written: row 3 differs.")

    monkeypatch.setattr(showing, "demo", refuse)
    (folder / "export" / "model.onnx").write_bytes(b"another model")
    done = app.publishing.publish(tmp_path / "site")
    assert any("row 3 differs" in one for one in done.notes)
    assert not (tmp_path / "site" / "projects" / "late-parcels" / "demo").exists()


def git(folder, *words):
    return subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Ada")
        monkeypatch.setenv(f"{name}_EMAIL", "ada@example.org")
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    return folder


def test_to_git_commits_and_never_takes_a_dirty_tree(app, settings, repository):
    making.put_project(settings.home)
    done = app.publishing.publish_to_git(repository, workflow=True)
    assert done.commit == git(repository, "rev-parse", "--short", "HEAD")
    assert git(repository, "status", "--porcelain") == ""
    assert "path: .\n" in (repository / ".github" / "workflows" / "pages.yml").read_text()
    assert check(str(repository)).verified
    assert app.publishing.publish_to_git(repository, workflow=True).commit == ""
    (repository / "README.md").write_text("not committed")
    with pytest.raises(Conflict, match="not committed"):
        app.publishing.publish_to_git(repository)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "mine")
    making.put_project(settings.home, "second", title="Another")
    assert app.publishing.publish_to_git(repository).commit
    assert git(repository, "log", "--format=%s").splitlines() == [
        "Publish the portfolio",
        "mine",
        "Publish the portfolio",
    ]


@pytest.mark.slow
def test_to_git_into_a_folder_of_the_repository(app, settings, repository, tmp_path):
    making.put_project(settings.home)
    (repository / "code.py").write_text("x = 1")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "code")
    with pytest.raises(Conflict, match=r"code\.py"):
        app.publishing.publish_to_git(repository)
    app.publishing.publish_to_git(repository, repository / "docs", workflow=True)
    assert check(str(repository / "docs")).verified
    assert "path: docs\n" in (repository / ".github" / "workflows" / "pages.yml").read_text()
    with pytest.raises(Invalid, match="outside of the repository"):
        app.publishing.publish_to_git(repository, tmp_path / "elsewhere")
    with pytest.raises(Invalid, match="no git repository"):
        (tmp_path / "plain").mkdir()
        app.publishing.publish_to_git(tmp_path / "plain")
    (repository / "sub").mkdir()
    with pytest.raises(Invalid, match="lies inside of the repository"):
        app.publishing.publish_to_git(repository / "sub")


def test_a_workflow_of_another_is_not_replaced(app, tmp_path):
    other = tmp_path / "site" / ".github" / "workflows"
    other.mkdir(parents=True)
    (other / "pages.yml").write_text("theirs")
    with pytest.raises(Conflict, match="another one"):
        app.publishing.publish(tmp_path / "site", workflow=True)
    assert (other / "pages.yml").read_text() == "theirs"
    shutil.rmtree(other)
