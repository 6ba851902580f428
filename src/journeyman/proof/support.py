"""What a badge rests on: its claims and its status list, on the site that they stand on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeyman.errors import Invalid, JourneymanError, NotFound
from journeyman.proof import canonical, credentials
from journeyman.proof.bundle import CLAIMS, KEYS, STATUS
from journeyman.proof.claim import LONGEST, Claim, SignedClaim
from journeyman.proof.ring import Ring
from journeyman.proof.sources import Source, opened, read
from journeyman.proof.verdict import Depth, Finding, Step, Told, told_of

Deeper = Callable[[Source, Claim], Sequence[Step]]
"""Looks at a claim of a site beyond its signature."""
_LINK = re.compile(rf"(https://[^\s?#]+/)({CLAIMS}/([0-9a-f]{{28}})\.json)\Z")
_NAMED = re.compile(r"\AClaim ([0-9a-f]{28})\b")
_HASH = re.compile(r"\bsha256 ([0-9a-f]{64})\b")
LONGEST_LIST = 8 << 20
ALONE = (
    "It names no site, so neither its claim nor a revocation was looked for: ask for the "
    "claim.json, or for the site and name that with --site."
)


@dataclass(slots=True)
class Behind:
    """What was found behind a badge."""

    claims: tuple[Told, ...] = ()
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Look:
    """One badge under way."""

    raw: bytes
    document: dict[str, Any]
    signer: str
    source: Source
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def false(self, where: str, told: str) -> None:
        self.findings.append(Finding(where, f"{told[0].upper()}{told[1:]}."))


def look(
    raw: bytes,
    document: dict[str, Any],
    signer: str,
    *,
    site: str = "",
    depth: Depth = "signature",
    deeper: Deeper | None = None,
) -> Behind:
    """Check the claims and the status list that a badge names.

    Args:
        raw: The credential, whose signature holds.
        document: The same as data.
        signer: The issuer's key.
        site: A folder or address; by default the one address that all its evidence names.
        depth: How deep to look at the claims.
        deeper: Does so.
    """
    rows = _evidence(document)
    if not site:
        bases = {found[1] for one in rows if (found := _LINK.match(str(one.get("id", ""))))}
        if len(bases) != 1:
            told = "the badge names no site, and holds nothing that could be computed again"
            beyond = () if depth == "signature" else (Step(depth, "", "not possible", told),)
            return Behind(steps=beyond, notes=(ALONE,))
        (site,) = bases
    try:
        with opened(site) as source:
            return _looked(_Look(raw, document, signer, source), rows, depth, deeper)
    except JourneymanError as error:
        told = f"The site behind it was not looked at: {error.message}"
        unread = Step("signature", "", "not possible", "its site could not be read")
        return Behind(steps=(unread,), notes=(told,))


def _looked(
    one: _Look, rows: Sequence[dict[str, Any]], depth: Depth, deeper: Deeper | None
) -> Behind:
    ring = _ring(one)
    claims = [claim for row in rows for claim in _claim(one, row)]
    _status(one, ring)
    if depth != "signature" and deeper is not None and not one.findings:
        for signed in claims:
            for step in deeper(one.source, signed.claim):
                one.steps.append(step)
                if step.outcome == "false":
                    one.false(step.claim, f"{step.depth}: {step.told.rstrip('.')}")
    told = tuple(map(told_of, claims))
    return Behind(told, tuple(one.steps), tuple(one.findings), tuple(one.notes))


def _ring(one: _Look) -> Ring | None:
    """The history of keys on the site, where it is that of the badge's issuer."""
    try:
        ring = Ring.read(read(one.source, KEYS, canonical.LONGEST), KEYS)
    except NotFound:
        one.notes.append("The site shows no history of keys: whether this key was revoked is open.")
        return None
    except Invalid as error:
        one.false(KEYS, error.message.rstrip("."))
        return None
    for told in ring.faults():
        one.false(KEYS, told)
    known = {entry.id for entry in ring.keys}
    if one.signer in ring.revoked:
        one.false(KEYS, "the key that issued the badge is revoked")
    return ring if one.signer in known and not ring.faults() else None


def _claim(one: _Look, row: dict[str, Any]) -> Iterator[SignedClaim]:
    """The claim behind one piece of evidence, checked against what the badge says of it."""
    narrative = str(row.get("narrative", ""))
    named, said = _NAMED.search(narrative), _HASH.search(narrative)
    if named is None or said is None:
        one.notes.append("A piece of its evidence names no claim and was not looked at.")
        return
    path = f"{CLAIMS}/{named[1]}.json"
    try:
        signed = SignedClaim.read(read(one.source, path, LONGEST), path, LONGEST)
    except NotFound:
        told = "the site does not show the claim any more"
        one.steps.append(Step("signature", named[1], "not possible", told))
        return
    except Invalid as error:
        one.false(path, error.message.rstrip("."))
        return
    for told in signed.faults():
        one.false(path, told)
    if said[1] not in set(_hashes(signed)):
        one.false(path, "this is not the claim that the badge was issued for")
    holder = str(one.document["credentialSubject"].get("id", ""))
    if holder != credentials.did_of(signed.claim.subject.key):
        one.false(path, "the claim is not by the key that the badge was issued to")
    yield signed


def _hashes(signed: SignedClaim) -> Iterator[str]:
    """Of the claim as it is, and as it was before others signed it too."""
    for count in range(1, len(signed.signatures) + 1):
        before = SignedClaim(claim=signed.claim, signatures=signed.signatures[:count])
        yield canonical.sha256(before.to_bytes())


def _status(one: _Look, ring: Ring | None) -> None:
    """Whether the badge still stands in the status list of the site."""
    if not credentials.status_places(one.document):
        one.notes.append("It has no place in a status list, so it cannot be revoked by itself.")
        return
    try:
        data = read(one.source, STATUS, LONGEST_LIST)
    except NotFound:
        one.notes.append("The site shows no status list, so the badge may have been revoked.")
        told = "the site shows no status list"
        one.steps.append(Step("signature", "", "not possible", told))
        return
    believed = ring.believed if ring is not None else frozenset()
    try:
        credentials.verify(one.raw, key=one.signer, status=data, listed_by=believed)
    except Invalid as error:
        one.false(STATUS, error.message.rstrip("."))


def _evidence(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get("evidence", [])
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]
