"""Checks anything that Journeyman signed: a sealed site, one claim, or a badge."""

from __future__ import annotations

from pathlib import Path

from journeyman.errors import Invalid, JourneymanError
from journeyman.proof import canonical, recomputing
from journeyman.proof.bundle import MANIFEST, SignedManifest
from journeyman.proof.claim import LONGEST, Claim, SignedClaim
from journeyman.proof.fetching import Fetch, one_file
from journeyman.proof.signing import fingerprint
from journeyman.proof.sites import LONGEST_MANIFEST, Look, check_site, deeper, is_key, notes_on
from journeyman.proof.sources import Source, opened, read
from journeyman.proof.verdict import Depth, Finding, Step, Verdict, told_of

LONGEST_IMAGE = 4 << 20


def check(
    target: str | Path,
    depth: Depth = "signature",
    *,
    key: str = "",
    data: Path | None = None,
    lock: str = "",
    site: str = "",
) -> Verdict:
    """Check a site (a folder or an https address), one ``claim.json`` or one badge.

    Args:
        target: What to check.
        depth: How deep; each depth includes those before it.
        key: The key, or its fingerprint, that must have signed; by default the bundle's own.
        data: A folder with files that claims pin but the bundle leaves out.
        lock: SHA-256 of the lock file of this environment, for the narrow tolerance.
        site: Of a badge: where the site behind it lies, by default the address that it names.

    Returns:
        What was found; ``verified`` where nothing was false.

    Raises:
        Invalid, NotFound: there is no bundle or claim at ``target``.
        Unavailable: the network or the sandbox failed, which says nothing about the claim.
    """
    text = str(target)

    def badge(raw: bytes) -> Verdict:
        from journeyman.proof import badges  # noqa: PLC0415 - its contexts are slow to load

        def behind(source: Source, claim: Claim) -> list[Step]:
            return recomputing.steps(claim, depth, Fetch(source, _places(source), data), lock)

        return badges.check(text, raw, depth, key=key, site=site, deeper=behind)

    name = text.split("?", maxsplit=1)[0].lower()
    if name.endswith((".png", ".svg")):
        return badge(one_file(text, LONGEST_IMAGE)[1])
    if name.endswith(".json"):
        source, raw = one_file(text)
        plain = canonical.parse(raw, "the claim", LONGEST)
        if isinstance(plain, dict) and "credentialSubject" in plain:
            return badge(raw)
        if not isinstance(plain, dict) or "claim" not in plain or "signatures" not in plain:
            raise Invalid(
                f"{text[:300]} is no claim: name a claim.json, a badge or a published site."
            )
        return _check_claim(text, source, raw, depth, key, data, lock)
    with opened(text) as source:
        return check_site(source, depth, key, data, lock)


def _check_claim(
    target: str, source: Source, raw: bytes, depth: Depth, key: str, data: Path | None, lock: str
) -> Verdict:
    """One claim by itself: its signatures, and deeper with what ``data`` holds."""
    try:
        signed = SignedClaim.read(raw, "the claim", LONGEST)
    except Invalid as error:
        return Verdict(target, asked=depth, findings=(Finding(target, error.message),))
    look, claim = Look(source), signed.claim
    for told in signed.faults():
        look.false(target, f"{told[0].upper()}{told[1:]}.")
    if not is_key(claim.subject.key, key):
        look.false(target, "It is signed by another key than the one that you named.")
    steps: list[Step] = []
    if not look.findings and depth != "signature":
        fetch = Fetch(source, {}, data)
        steps = list(deeper(look, [claim], depth, fetch, lock))
    return Verdict(
        target=target,
        subject=claim.subject.name,
        key=claim.subject.key,
        fingerprint=fingerprint(claim.subject.key),
        sealed_at=claim.issued_at,
        asked=depth,
        files=1,
        claims=(told_of(signed),),
        steps=tuple(steps),
        findings=tuple(look.findings),
        notes=(*notes_on([signed], key, web=False),
               "One claim alone does not tell whether its key was revoked; its site does."),
    )  # fmt: skip


def _places(source: Source) -> dict[str, str]:
    """The paths of a site's files by their hash, as its signed list has them."""
    try:
        raw = read(source, MANIFEST, LONGEST_MANIFEST)
        signed = SignedManifest.read(raw, MANIFEST, LONGEST_MANIFEST)
    except JourneymanError:
        return {}
    return {entry.sha256: path for path, entry in signed.manifest.files.items()}
