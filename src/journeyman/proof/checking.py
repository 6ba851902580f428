"""Checks a sealed site or one claim: signatures, every byte, every number shown, then deeper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from journeyman.errors import Invalid, JourneymanError, NotFound, TooLarge
from journeyman.proof import canonical, copies, pages, recomputing, words
from journeyman.proof.bundle import (
    CLAIMS,
    KEYS,
    MANIFEST,
    RESUME,
    Manifest,
    SignedManifest,
    is_page,
)
from journeyman.proof.claim import LONGEST, Claim, SignedClaim
from journeyman.proof.ring import Ring
from journeyman.proof.signing import fingerprint
from journeyman.proof.sources import LARGEST_SITE, Folder, Source, Web, digest, opened, read
from journeyman.proof.verdict import Depth, Finding, Step, Told, Verdict

LONGEST_MANIFEST = 8 << 20
LONGEST_PAGE = 16 << 20
LONGEST_IMAGE = 4 << 20


@dataclass(slots=True)
class _Look:
    """One check under way."""

    source: Source
    findings: list[Finding] = field(default_factory=list)

    def false(self, where: str, told: str) -> None:
        self.findings.append(Finding(where, told))


def check(
    target: str | Path,
    depth: Depth = "signature",
    *,
    key: str = "",
    data: Path | None = None,
    lock: str = "",
) -> Verdict:
    """Check a site (a folder or an https address), one ``claim.json`` or one badge.

    Args:
        target: What to check.
        depth: How deep; each depth includes those before it.
        key: The key, or its fingerprint, that must have signed; by default the bundle's own.
        data: A folder with files that claims pin but the bundle leaves out.
        lock: SHA-256 of the lock file of this environment, for the narrow tolerance.

    Returns:
        What was found; ``verified`` where nothing was false.

    Raises:
        Invalid, NotFound: there is no bundle or claim at ``target``.
        Unavailable: the network or the sandbox failed, which says nothing about the claim.
    """
    text = str(target)
    name = text.split("?", maxsplit=1)[0].lower()
    if name.endswith((".png", ".svg")):
        return _check_badge(text, _one_file(text, LONGEST_IMAGE)[1], depth, key)
    if name.endswith(".json"):
        return _check_claim(text, depth, key, data, lock)
    with opened(text) as source:
        return _check_site(source, depth, key, data, lock)


def _check_site(source: Source, depth: Depth, key: str, data: Path | None, lock: str) -> Verdict:
    look = _Look(source)
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
    numbers = _check_pages(look, manifest, known)
    _check_resume(look, manifest, known)
    steps: list[Step] = []
    if not look.findings and depth != "signature":
        fetch = _Fetch(source, {entry.sha256: p for p, entry in manifest.files.items()}, data)
        steps = list(_deeper(look, (one.claim for one in claims.values()), depth, fetch, lock))
    return Verdict(
        target=source.name,
        subject=manifest.subject.name,
        key=manifest.subject.key,
        fingerprint=fingerprint(manifest.subject.key),
        sealed_at=manifest.sealed_at,
        asked=depth,
        files=len(manifest.files),
        numbers=numbers,
        claims=tuple(_told(one) for one in claims.values()),
        steps=tuple(steps),
        findings=tuple(look.findings),
        notes=_notes(claims.values(), key, web=isinstance(source, Web)),
    )


def _check_claim(target: str, depth: Depth, key: str, data: Path | None, lock: str) -> Verdict:
    """One claim by itself: its signatures, and deeper with what ``data`` holds."""
    source, raw = _one_file(target)
    what = "the claim"
    plain = canonical.parse(raw, what, LONGEST)
    if isinstance(plain, dict) and "credentialSubject" in plain:
        return _check_badge(target, raw, depth, key)
    if not isinstance(plain, dict) or "claim" not in plain or "signatures" not in plain:
        raise Invalid(
            f"{target[:300]} is no claim: name a claim.json, a badge or a published site."
        )
    try:
        signed = SignedClaim.read(raw, what, LONGEST)
    except Invalid as error:
        return Verdict(target, asked=depth, findings=(Finding(target, error.message),))
    look, claim = _Look(source), signed.claim
    for told in signed.faults():
        look.false(target, f"{told[0].upper()}{told[1:]}.")
    if not _is_key(claim.subject.key, key):
        look.false(target, "It is signed by another key than the one that you named.")
    steps: list[Step] = []
    if not look.findings and depth != "signature":
        fetch = _Fetch(source, {}, data)
        steps = list(_deeper(look, [claim], depth, fetch, lock))
    return Verdict(
        target=target,
        subject=claim.subject.name,
        key=claim.subject.key,
        fingerprint=fingerprint(claim.subject.key),
        sealed_at=claim.issued_at,
        asked=depth,
        files=1,
        claims=(_told(signed),),
        steps=tuple(steps),
        findings=tuple(look.findings),
        notes=(*_notes([signed], key, web=False),
               "One claim alone does not tell whether its key was revoked; its site does."),
    )  # fmt: skip


def _check_badge(target: str, data: bytes, depth: Depth, key: str) -> Verdict:
    from journeyman.proof import badges  # noqa: PLC0415 - its contexts are slow to load

    return badges.check(target, data, depth, key=key)


def _one_file(target: str, longest: int = LONGEST) -> tuple[Source, bytes]:
    if "://" in target:
        web = Web(target)
        found = bytearray()
        for block in web.get(target):
            found += block
            if len(found) > longest:
                raise TooLarge(f"{target[:300]} is too large to be a claim or a badge.")
        return web, bytes(found)
    path = Path(target)
    if not path.is_file():
        raise NotFound(f"There is no file {target[:300]}.")
    if path.stat().st_size > longest:
        raise TooLarge(f"{target[:300]} is too large to be a claim or a badge.")
    return Folder(path.parent), path.read_bytes()


def _check_files(look: _Look, manifest: Manifest) -> None:
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


def _ring(look: _Look, manifest: Manifest, key: str) -> Ring | None:
    """The history of the signer's keys, and whether the signer may sign at all."""
    signer = manifest.subject.key
    if not _is_key(signer, key):
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


def _listed(look: _Look, manifest: Manifest, path: str) -> bytes:
    """A small file, which the manifest must list."""
    if path not in manifest.files:
        raise Invalid(f"The manifest does not list {path}.")
    return read(look.source, path, canonical.LONGEST)


def _claims(
    look: _Look, manifest: Manifest, ring: Ring | None
) -> Iterator[tuple[str, SignedClaim]]:
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


def _check_pages(look: _Look, manifest: Manifest, claims: Mapping[str, Claim]) -> int:
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
        numbers += pages.count(text)
        for told in pages.faults(text, claims):
            look.false(path, f"The page {told}.")
    return numbers


def _check_resume(look: _Look, manifest: Manifest, claims: Mapping[str, Claim]) -> None:
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


def _deeper(
    look: _Look, claims: Iterable[Claim], depth: Depth, fetch: _Fetch, lock: str
) -> Iterator[Step]:
    for claim in claims:
        for step in recomputing.steps(claim, depth, fetch, lock):
            if step.outcome == "false":
                look.false(claim.id, f"{step.depth}: {step.told.rstrip('.')}.")
            yield step


class _Fetch:
    """Finds files by their hash: in the bundle, then in the verifier's own folder."""

    def __init__(self, source: Source, places: Mapping[str, str], data: Path | None) -> None:
        self.source = source
        self.places = places
        self.data = data
        self._index: dict[str, Path] | None = None

    def __call__(self, wanted: str, limit: int) -> bytes:
        if wanted in self.places:
            return read(self.source, self.places[wanted], limit)
        path = self._own().get(wanted)
        if path is None:
            raise NotFound(f"There is no file with the sha256 {wanted}.")
        return read(Folder(path.parent), path.name, limit)

    def _own(self) -> dict[str, Path]:
        """The files of the verifier's folder by hash, read once."""
        if self._index is None:
            self._index = {}
            if self.data is not None:
                folder = Folder(self.data)
                for name in folder.paths():
                    path = folder.root / name
                    if path.is_file() and not path.is_symlink():
                        self._index[digest(folder, name, LARGEST_SITE)[0]] = path
        return self._index


def _is_key(signer: str, wanted: str) -> bool:
    return not wanted or wanted in {signer, fingerprint(signer)}


def _told(signed: SignedClaim) -> Told:
    claim = signed.claim
    names = tuple(f"{one.name} ({one.role}, {fingerprint(one.key)})" for one in signed.signatures)
    return Told(claim.id, claim.statement, claim.metric.name, claim.value, claim.level, names)


def _notes(claims: Iterable[SignedClaim], key: str, *, web: bool) -> tuple[str, ...]:
    levels = dict.fromkeys(one.claim.level for one in claims)
    found = [words.LEVELS[level] for level in levels] or [words.SELF_SIGNED]
    if not key:
        found.append(words.UNPINNED)
    if web:
        found.append(words.UNLISTED)
    return tuple(found)
