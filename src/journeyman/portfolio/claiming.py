"""From the numbers that a site shows to the claims that it carries.

A claim that is there already and says the same is used again, the one that most people stand
behind first; so publishing the same record twice gives the same bytes.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from journeyman.errors import Invalid
from journeyman.portfolio.measured import Measured, Signed
from journeyman.proof import building
from journeyman.proof.claim import LONGEST, Claim, Content, Interval, SignedClaim, sign
from journeyman.proof.forms import made
from journeyman.proof.keyring import Signer

FOLDER = "site"
"""Below the folder of claims: those that publishing made, replaced by each publishing."""
_LEVELS = ("re-run", "issuer-attested", "self-attested")
_UNFIT = re.compile(r"[^a-z0-9@=._-]+")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The claims that publishing keeps between two sites."""

    folder: Path

    def read(self) -> list[SignedClaim]:
        """What was kept by the last publishing; a damaged file is made anew."""
        files = sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []
        found = []
        for file in files:
            with contextlib.suppress(Invalid):
                found.append(SignedClaim.read(file.read_bytes(), str(file), LONGEST))
        return found

    def keep(self, claims: Iterable[SignedClaim]) -> None:
        """Keep these and no others."""
        wanted = {f"{one.claim.id}.json": one.to_bytes() for one in claims}
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, data in wanted.items():
            file = self.folder / name
            if not file.is_file() or file.read_bytes() != data:
                new = self.folder / f".{name}.new"
                new.write_bytes(data)
                new.replace(file)
        for file in self.folder.glob("*.json"):
            if file.name not in wanted:
                file.unlink()


def signed(
    numbers: Sequence[Measured],
    signer: Signer,
    at: datetime,
    *,
    known: Iterable[SignedClaim] = (),
    kept: Iterable[SignedClaim] = (),
) -> tuple[Signed, list[SignedClaim]]:
    """A claim for every number.

    Args:
        numbers: All that the site shows.
        signer: The learner's open key.
        at: The present instant, for claims that are new.
        known: Claims that were made one by one, or came with a project.
        kept: Claims of the last publishing.

    Returns:
        The claims by number, and those to keep for the next publishing.

    Raises:
        Invalid: a number cannot be claimed.
    """
    fit = [one for one in [*known, *kept] if _is_own(one, signer)]
    by_thing: dict[tuple[str, str], list[SignedClaim]] = {}
    for one in fit:
        content = one.claim.content
        by_thing.setdefault((content.kind, content.slug), []).append(one)
    outside = {one.claim.id for one in known}
    found: dict[str, SignedClaim] = {}
    own: list[SignedClaim] = []
    for number in numbers:
        wanted = _fit(number)
        same = [
            c for c in by_thing.get((wanted.kind, wanted.slug), []) if wanted.is_claimed_by(c.claim)
        ]
        chosen = (
            min(same, key=_worth) if same else sign(_claim(wanted, signer, at), signer.private, at)
        )
        found[number.key] = chosen
        if chosen.claim.id not in outside:
            own.append(chosen)
    return Signed(found), own


def _is_own(one: SignedClaim, signer: Signer) -> bool:
    subject = one.claim.subject
    return subject.name == signer.name and subject.key in signer.ring.believed and not one.faults()


def _worth(one: SignedClaim) -> tuple[int, int, str]:
    """Most people behind it first, then the most that a stranger can check, then the oldest."""
    pins = sum(bool(value) for value in one.claim.pins.plain().values())
    return _LEVELS.index(one.claim.level), -pins, one.claim.id


def _fit(number: Measured) -> Measured:
    """The same with a metric's name as claims write it."""
    name = _UNFIT.sub("-", number.metric.lower()).strip("-")[:60] or "score"
    return number if name == number.metric else replace(number, metric=name)


def _claim(number: Measured, signer: Signer, at: datetime) -> Claim:
    ends = number.interval
    interval = (
        made(Interval, low=ends[0], high=ends[1], level=number.level, method=number.method)
        if ends
        else None
    )
    return building.claim(
        subject=signer.name,
        key=signer.key,
        statement=number.statement,
        metric=number.metric,
        value=number.value,
        content=made(
            Content,
            kind=number.kind,
            slug=number.slug,
            version=number.version,
            sha256=number.sha256,
        ),
        at=at,
        interval=interval,
        seed=number.seed,
        isolation=number.isolation,
        evidence=number.evidence,
    )
