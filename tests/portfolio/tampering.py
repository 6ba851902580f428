"""A full published site to tamper with: how it is made, and the hands of whoever changes it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from journeyman.app import App
from journeyman.proof.bundle import FileEntry, SignedManifest, files_of, signed_manifest
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.checking import check
from journeyman.settings import Settings
from tests.conftest import Clock, FakeSandbox
from tests.portfolio import making

PROJECT = "projects/late-parcels.html"
OTHER = "projects/bird-songs.html"


@contextmanager
def opened(filled, bank, root, **project) -> Iterator[tuple]:
    """A copy of a filled record whose pinned project can be published, its app and its claim."""
    filled.database.close()
    home = shutil.copytree(filled.publishing.home, root / "home")
    app = App(Settings(home=home), Clock())
    app.__dict__["bank"] = bank
    app.__dict__["sandbox"] = FakeSandbox()
    bundle = home / "projects" / "late-parcels" / "dossier" / "bundle"
    claim = making.put_bundle(app, bundle, "late-parcels")
    number = making.dossier()["numbers"][0] | {
        "name": claim.metric.name, "value": claim.value, "baseline": None,
        "low": claim.interval.low, "high": claim.interval.high,
    }  # fmt: skip
    making.put_project(home, bundle="bundle", numbers=[number], **project)
    yield app, claim
    app.close()


def copied(rich: SimpleNamespace, root) -> SimpleNamespace:
    """A copy of the site, to be changed."""
    folder = shutil.copytree(rich.folder, root / "site")
    return SimpleNamespace(**{**vars(rich), "folder": folder, "root": root})


class Tamperings:
    """Ways to change a site, each with the sentence by which it is found; slow unless it says so."""

    def __init__(self) -> None:
        self.ways: dict[str, tuple[Callable, str]] = {}
        self.order: list = []

    def __call__(self, sentence: str, *, slow: bool = True) -> Callable:
        def keep(function):
            name = function.__name__
            self.ways[name] = (function, sentence)
            self.order.append(pytest.param(name, marks=pytest.mark.slow) if slow else name)
            return function

        return keep

    def is_found(self, name: str, site: SimpleNamespace) -> None:
        """Change the site in this way; the check says so in that sentence."""
        change, sentence = self.ways[name]
        change(site)
        found = check(site.folder, "rescore")
        assert not found.verified
        assert any(sentence in one for _, one in told(found)), told(found)


def claims_of(folder):
    return sorted((folder / "proof" / "claims").iterdir())


def claim_file(site):
    return site.folder / "proof" / "claims" / f"{site.claim.id}.json"


def artifact(site, which):
    return site.folder / "proof" / "artifacts" / getattr(site.claim.pins, which)


def edit(file, old, new):
    """Change the first place."""
    before = file.read_bytes()
    assert old.encode() in before, (file, old)
    file.write_bytes(before.replace(old.encode(), new.encode(), 1))


def edit_claim(site, change):
    row = json.loads(claim_file(site).read_bytes())
    change(row)
    claim_file(site).write_bytes(canonical(row))


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
    claims = tuple(path.stem for path in claims_of(site.folder))
    changed = manifest.model_copy(update={"files": files, "subject": subject, "claims": claims})
    path.write_bytes(signed_manifest(changed, signer).to_bytes())


def told(found):
    return [(one.where, one.told) for one in found.findings]
