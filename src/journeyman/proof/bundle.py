"""A sealed site: a signed list of every file's hash, the claims, and what they were scored on."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from journeyman.errors import Conflict, Invalid
from journeyman.proof import pages, signing
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.claim import Claim, Id, SignedClaim, Subject
from journeyman.proof.forms import Form, Hash, Instant, Key, Signed, Whole, instant
from journeyman.proof.keyring import Signer

MANIFEST = "proof/manifest.json"
KEYS = "proof/keys.json"
CLAIMS = "proof/claims"
ARTIFACTS = "proof/artifacts"
RESUME = "resume.json"
STATUS = "proof/status.json"
MOST_FILES = 20_000
OUTSIDE = frozenset({".git", ".github", ".gitignore", ".gitattributes", ".nojekyll"})
"""Top-level names that belong to the repository around a site; no host serves them as pages."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")


class FileEntry(Form):
    """One file of the site."""

    sha256: Hash
    bytes: Whole


class Manifest(Form):
    """What the site consists of, and the claims that it makes.

    Attributes:
        files: Every file but this one, by its path with forward slashes.
        claims: Their ids; each stands in ``proof/claims/<id>.json``.
    """

    schema_id: Literal["journeyman.manifest"] = "journeyman.manifest"
    version: Literal[1] = 1
    subject: Subject
    sealed_at: Instant
    files: Annotated[dict[str, FileEntry], Field(max_length=MOST_FILES)]
    claims: Annotated[tuple[Id, ...], Field(max_length=5000)]

    @field_validator("files")
    @classmethod
    def _paths(cls, files: dict[str, FileEntry]) -> dict[str, FileEntry]:
        for path in files:
            fault = path_fault(path)
            if fault:
                raise ValueError(f"{path[:80]!r} {fault}")
        if len({path.casefold() for path in files}) < len(files):
            raise ValueError("two paths differ only by capital letters")
        return files


class SignedManifest(Form):
    """``proof/manifest.json``."""

    manifest: Manifest
    key: Key
    signature: Signed

    @property
    def is_signed(self) -> bool:
        """Whether the signature fits, and is that of the subject."""
        fits = signing.is_signed(self.key, "manifest", self.manifest.plain(), self.signature)
        return fits and self.key == self.manifest.subject.key


def path_fault(path: str) -> str:
    """Why a path may not stand in a manifest; empty where it may.

    >>> path_fault("projects/house.html"), path_fault("../key.json")
    ('', 'leads out of the site')
    """
    parts = path.split("/")
    if not path or len(path) > 400 or any(part in {"", ".", ".."} for part in parts):
        return "leads out of the site"
    if _UNSAFE.search(path) or unicodedata.normalize("NFC", path) != path:
        return "has letters that not every system allows in a name"
    if path == MANIFEST or parts[0] in OUTSIDE:
        return "is no file that a manifest lists"
    return ""


def files_of(site: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a site but the manifest, with its path in it, in order.

    Raises:
        Invalid: a symbolic link, or a name that not every system allows.
    """
    for path in sorted(walk(site)):
        relative = path.relative_to(site).as_posix()
        if path.is_symlink():
            raise Invalid(f"{relative} is a symbolic link; put the file itself into the site.")
        if relative == MANIFEST:
            continue
        fault = path_fault(relative)
        if fault:
            raise Invalid(f"The site cannot hold {relative[:200]!r}: it {fault}.")
        yield relative, path


def walk(site: Path) -> Iterator[Path]:
    """Every file of a site, and every symbolic link whatever it leads to."""
    for folder, names, files in os.walk(site):
        here = Path(folder)
        if here == site:
            names[:] = [name for name in names if name not in OUTSIDE]
        yield from (here / name for name in files if here != site or name not in OUTSIDE)
        yield from (here / name for name in names if (here / name).is_symlink())


def seal(
    site: Path,
    claims: Sequence[SignedClaim],
    key: Signer,
    *,
    at: datetime,
    artifacts: Iterable[bytes] = (),
) -> Manifest:
    """Put claims and proof into a finished site and sign the list of all its files.

    Everything under ``proof/claims`` and ``proof/artifacts`` is replaced. Call it last: whatever
    changes afterwards is found as tampering.

    Args:
        site: The folder with the finished pages.
        claims: All that the pages show; claims by earlier keys of ``key.ring`` count too.
        key: The subject's open key.
        at: The present instant.
        artifacts: Files that claims pin: predictions, labels, inputs, models, code.

    Raises:
        Invalid: a page shows a number that is not in the claims, or a claim is not well signed, or
            a file cannot be part of a site.
        Conflict: a claim is signed by a key that is revoked or somebody else's.
    """
    if not site.is_dir():
        raise Invalid(f"There is no folder {site} to seal.")
    known = _own(claims, key)
    (site / MANIFEST).unlink(missing_ok=True)  # until the end, the site is not sealed
    _replace(site / CLAIMS, {f"{one.claim.id}.json": one.to_bytes() for one in claims})
    _replace(site / ARTIFACTS, {sha256(data): data for data in artifacts})
    (site / KEYS).write_bytes(key.ring.to_bytes())
    entries = dict(_entries(site, known, {one.to_bytes().decode() for one in claims}))
    if len(entries) > MOST_FILES:
        raise Invalid(f"The site has {len(entries):,} files; at most {MOST_FILES:,} can be sealed.")
    manifest = Manifest(
        subject=Subject(name=key.name, key=key.key),
        sealed_at=instant(at),
        files=entries,
        claims=tuple(sorted(known)),
    )
    (site / MANIFEST).write_bytes(signed_manifest(manifest, key).to_bytes())
    return manifest


def signed_manifest(manifest: Manifest, key: Signer) -> SignedManifest:
    """The manifest with its signature."""
    text = signing.sign(key.private, "manifest", manifest.plain())
    return SignedManifest(manifest=manifest, key=key.key, signature=text)


def _own(claims: Sequence[SignedClaim], key: Signer) -> dict[str, Claim]:
    for one in claims:
        faults = one.faults()
        if faults:
            raise Invalid(f"The claim {one.claim.id} cannot be published: {faults[0]}.")
        if one.claim.subject.key not in key.ring.believed:
            raise Conflict(
                f"The claim {one.claim.id} is signed by a key that is revoked or not yours; "
                "make it anew."
            )
    known = {one.claim.id: one.claim for one in claims}
    if len(known) < len(claims):
        raise Invalid("A claim is given twice.")
    return known


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in files and old.is_file():
            old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _entries(
    site: Path, claims: Mapping[str, Claim], checked: Collection[str]
) -> Iterator[tuple[str, FileEntry]]:
    for relative, path in files_of(site):
        data = path.read_bytes()
        if is_page(relative):
            faults = pages.faults(data.decode("utf-8", "replace"), claims, checked)
            if faults:
                raise Invalid(f"{relative} {faults[0]}; the site was not sealed.")
        yield relative, FileEntry(sha256=sha256(data), bytes=len(data))


def is_page(path: str) -> bool:
    """Whether numbers are looked for in a file."""
    return path.lower().endswith((".html", ".htm", ".xhtml", ".svg"))


def canonical_ids(ids: Iterable[Any]) -> str:
    """The split hash: of the ids of the rows that were scored, as text, in order.

    >>> canonical_ids([1, 2]) == canonical_ids(["1", "2"])
    True
    """
    return sha256(canonical([str(one) for one in ids]))
