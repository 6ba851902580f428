"""Checks a sealed site: signatures, every byte, every number shown, then deeper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from journeyman.errors import Invalid, JourneymanError, NotFound, TooLarge
from journeyman.proof import canonical, copies, pages, recomputing, words
from journeyman.proof.bundle import (
    CLAIMS,
    KEYS,
    MANIFEST,
    RESUME,
    STATUS,
    Manifest,
    SignedManifest,
    is_page,
)
from journeyman.proof.claim import LONGEST, Claim, SignedClaim
from journeyman.proof.fetching import Fetch
from journeyman.proof.ring import Ring
from journeyman.proof.signing import fingerprint
from journeyman.proof.sources import LARGEST_SITE, Folder, Source, Web, digest, read
from journeyman.proof.verdict import Depth, Finding, Step, Verdict, told_of

LONGEST_MANIFEST = 8 << 20
LONGEST_PAGE = 16 << 20


@dataclass(slots=True)
class Look:
    """One check under way.

    Attributes:
        findings: What is false so far.
    """

    source: Source
    findings: list[Finding] = field(default_factory=list)

    def false(self, where: str, told: str) -> None:
        """Note that something is false."""
        self.findings.append(Finding(where, told))


def check_site(source: Source, depth: Depth, key: str, data: Path | None, lock: str) -> Verdict:
    """Check a site; the arguments are those of :func:`journeyman.proof.checking.check`."""
    look = Look(source)
    try:
        raw = read(source, MANIFEST, LONGEST_MANIFEST)
    except NotFound as error:
        raise NotFound(
            f"{source.name} has no {MANIFEST}: it was not published by Journeyman, or its proof "
            "was removed; nothing in it can be checked."
        ) from error
    try:
        signed = SignedManifest.read(raw, MANIFEST, LONGEST_MANIFEST)
    except Invalid as error:
        return Verdict(source.name, asked=depth, findings=(Finding(MANIFEST, error.message),))
    manifest = signed.manifest
    if not signed.is_signed:
        look.false(MANIFEST, "The signature does not fit the list of files.")
    _check_files(look, manifest)
    ring = _ring(look, manifest, key)
    claims = dict(_claims(look, manifest, ring))
    known = {name: one.claim for name, one in claims.items()}
    good = {one.to_bytes().decode() for one in claims.values() if not one.faults()}
    numbers = _check_pages(look, manifest, known, good)
    _check_resume(look, manifest, known)
    _check_statuses(look, manifest)
    steps: list[Step] = []
    if not look.findings and depth != "signature":
        fetch = Fetch(source, {entry.sha256: p for p, entry in manifest.files.items()}, data)
        steps = list(deeper(look, (one.claim for one in claims.values()), depth, fetch, lock))
    return Verdict(
        target=source.name,
        subject=manifest.subject.name,
        key=manifest.subject.key,
        fingerprint=fingerprint(manifest.subject.key),
        sealed_at=manifest.sealed_at,
        asked=depth,
        files=len(manifest.files),
        numbers=numbers,
        claims=tuple(told_of(one) for one in claims.values()),
        steps=tuple(steps),
        findings=tuple(look.findings),
        notes=notes_on(claims.values(), key, web=isinstance(source, Web)),
    )


def _check_files(look: Look, manifest: Manifest) -> None:
    """Compare every file with the list, and the list with what is there."""
    local = isinstance(look.source, Folder)
    total = sum(entry.bytes for entry in manifest.files.values())
    if total > LARGEST_SITE:
        raise TooLarge(f"The site has {total:,} bytes; at most {LARGEST_SITE:,} are checked.")
    for path, entry in manifest.files.items():
        if not local and any(part.startswith(".") for part in path.split("/")):
            continue  # many hosts do not serve hidden files, and no page shows one
        try:
            found = digest(look.source, path, entry.bytes)
        except NotFound:
            look.false(path, "This file is missing, or is a link.")
            continue
        if found != (entry.sha256, entry.bytes):
            look.false(path, "This file was changed after it was signed.")
    there = look.source.paths()
    for path in sorted((there or frozenset()) - manifest.files.keys()):
        look.false(path, "This file was added after the site was signed.")


def _ring(look: Look, manifest: Manifest, key: str) -> Ring | None:
    """The history of the signer's keys, and whether the signer may sign at all."""
    signer = manifest.subject.key
    if not is_key(signer, key):
        look.false(MANIFEST, "It is signed by another key than the one that you named.")
    try:
        ring = Ring.read(_listed(look, manifest, KEYS), KEYS)
    except JourneymanError as error:
        look.false(KEYS, error.message)
        return None
    for told in ring.faults():
        look.false(KEYS, f"{told[0].upper()}{told[1:]}.")
    if signer in ring.revoked:
        look.false(MANIFEST, "The key that signed the site is revoked.")
    elif signer != ring.current:
        look.false(MANIFEST, "The site is not signed by the current key of its history.")
    return ring


def _listed(look: Look, manifest: Manifest, path: str) -> bytes:
    """A small file, which the manifest must list."""
    if path not in manifest.files:
        raise Invalid(f"The manifest does not list {path}.")
    return read(look.source, path, canonical.LONGEST)


def _claims(look: Look, manifest: Manifest, ring: Ring | None) -> Iterator[tuple[str, SignedClaim]]:
    """Every claim that can be read, each checked by itself and against the keys."""
    inside = {p for p in manifest.files if p.startswith(f"{CLAIMS}/")}
    expected = {f"{CLAIMS}/{name}.json" for name in manifest.claims}
    for path in sorted(inside ^ expected):
        look.false(path, "The list of claims and the claims in the site are not the same.")
    for name in manifest.claims:
        path = f"{CLAIMS}/{name}.json"
        try:
            signed = SignedClaim.read(_listed(look, manifest, path), path, LONGEST)
        except JourneymanError as error:
            look.false(path, error.message)
            continue
        for told in (*signed.faults(), *_strange(signed.claim, name, manifest, ring)):
            look.false(path, f"{told[0].upper()}{told[1:]}.")
        yield name, signed


def _strange(claim: Claim, name: str, manifest: Manifest, ring: Ring | None) -> Iterator[str]:
    """What does not fit between a claim and the site that shows it."""
    if claim.id != name:
        yield "this claim has another id than its file says: it was replayed from elsewhere"
    if claim.subject.name != manifest.subject.name:
        yield f"this claim is {claim.subject.name}'s, and the site is {manifest.subject.name}'s"
    if ring is not None and claim.subject.key in ring.revoked:
        yield "this claim is signed by a key that was revoked"
    elif ring is not None and claim.subject.key not in ring.believed:
        yield "this claim is signed by a key that is not in the history of the site's keys"
    if claim.issued_at > manifest.sealed_at:
        yield "this claim is younger than the site that shows it"


def _check_pages(
    look: Look, manifest: Manifest, claims: Mapping[str, Claim], checked: Collection[str]
) -> int:
    """Compare every number that a page shows with its claim; how many there are."""
    numbers = 0
    for path in filter(is_page, manifest.files):
        try:
            text = read(look.source, path, LONGEST_PAGE).decode("utf-8", "replace")
        except NotFound:
            continue  # told already
        except TooLarge as error:
            look.false(path, error.message)
            continue
        faults, count = pages.look(text, claims, checked)
        numbers += count
        for told in faults:
            look.false(path, f"The page {told}.")
    return numbers


def _check_resume(look: Look, manifest: Manifest, claims: Mapping[str, Claim]) -> None:
    """Compare what the resume for machines says of each claim with the claim."""
    if RESUME not in manifest.files:
        return
    try:
        data = read(look.source, RESUME, canonical.LONGEST)
    except NotFound:
        return  # told already
    except TooLarge as error:
        look.false(RESUME, error.message)
        return
    for told in copies.linked_faults(data, claims):
        look.false(RESUME, f"The file {told}.")


def _check_statuses(look: Look, manifest: Manifest) -> None:
    """Make sure that the status list of badges is signed by who signs the site."""
    if STATUS not in manifest.files:
        return
    from journeyman.proof import credentials  # noqa: PLC0415 - its contexts are slow to load

    try:
        data = read(look.source, STATUS, LONGEST_MANIFEST)
        credentials.check_list(data, manifest.subject.key)
    except NotFound:
        return  # told already
    except JourneymanError as error:
        look.false(STATUS, error.message)


def deeper(
    look: Look, claims: Iterable[Claim], depth: Depth, fetch: Fetch, lock: str
) -> Iterator[Step]:
    """Look at each claim beyond its signature."""
    for claim in claims:
        for step in recomputing.steps(claim, depth, fetch, lock):
            if step.outcome == "false":
                look.false(claim.id, f"{step.depth}: {step.told.rstrip('.')}.")
            yield step


def is_key(signer: str, wanted: str) -> bool:
    """Whether a key is the one that was named, by itself or by its fingerprint."""
    return not wanted or wanted in {signer, fingerprint(signer)}


def notes_on(claims: Iterable[SignedClaim], key: str, *, web: bool) -> tuple[str, ...]:
    """What a reader of the verdict has to know."""
    levels = dict.fromkeys(one.claim.level for one in claims)
    found = [words.LEVELS[level] for level in levels] or [words.SELF_SIGNED]
    if not key:
        found.append(words.UNPINNED)
    if web:
        found.append(words.UNLISTED)
    return tuple(found)
