"""A signed viva as a project's page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from journeyman.errors import JourneymanError
from journeyman.portfolio.measured import Measured
from journeyman.proof import vivas
from journeyman.proof.claim import Claim


@dataclass(frozen=True, slots=True)
class ShownViva:
    """The newest signed sitting of questions on a project.

    Attributes:
        at: When it was signed.
        allowed, seconds: For all answers together: what they might take, and took.
        sittings: How many were signed in all.
        sitting: Its file, which is published with the claim.
    """

    at: datetime
    right: int
    asked: int
    families: int
    allowed: int
    seconds: float
    sittings: int
    sitting: bytes
    measured: Measured


def newest(claims: Iterable[Claim], file: Callable[[str], bytes]) -> dict[str, ShownViva]:
    """For each project, its newest signed viva.

    Args:
        claims: All that the learner made.
        file: From a hash to the file; raises where it is gone.
    """
    by_project: dict[str, list[Claim]] = {}
    for one in claims:
        if one.content.kind == vivas.KIND:
            by_project.setdefault(one.content.slug, []).append(one)
    found = {}
    for slug, made in by_project.items():
        last = max(made, key=lambda one: (one.issued_at, one.id))
        try:
            data = file(last.content.sha256)
            sitting = vivas.Sitting.read(data, "the sitting", vivas.LONGEST)
            if vivas.faults(last, data):
                continue
        except (OSError, JourneymanError):  # its file is gone, or of an earlier form
            continue
        found[slug] = ShownViva(
            datetime.fromisoformat(last.issued_at), sitting.right, sitting.asked,
            sitting.families, sitting.allowed, sitting.seconds, len(made), data, _measured(last),
        )  # fmt: skip
    return found


def _measured(claim: Claim) -> Measured:
    return Measured(
        statement=claim.statement,
        metric=claim.metric.name,
        value=claim.value,
        kind=vivas.KIND,
        slug=claim.content.slug,
        sha256=claim.content.sha256,
        seed=claim.seed,
        percent=True,
    )
