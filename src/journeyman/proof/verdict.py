"""What a check found, step by step, with its cost and the tolerance that applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from journeyman.proof.claim import SignedClaim
from journeyman.proof.signing import fingerprint

Depth = Literal["signature", "rescore", "reinfer", "retrain"]
DEPTHS: tuple[Depth, ...] = ("signature", "rescore", "reinfer", "retrain")
Outcome = Literal["verified", "false", "not possible"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is false: where, and what, in one sentence."""

    where: str
    told: str


@dataclass(frozen=True, slots=True)
class Step:
    """One claim looked at to one depth.

    Attributes:
        claim: Its id, empty for the step that looks at the whole.
        tolerance: How far the recomputed number might lie off, in words; empty for exact.
        found: The recomputed number.
        cpu_seconds: What the step cost.
    """

    depth: Depth
    claim: str
    outcome: Outcome
    told: str
    tolerance: str = ""
    found: float | None = None
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as a reader of the verdict needs it."""

    id: str
    statement: str
    metric: str
    value: float
    level: str
    signed_by: tuple[str, ...]


def told_of(signed: SignedClaim) -> Told:
    """A claim with those who signed it."""
    claim = signed.claim
    names = tuple(f"{one.name} ({one.role}, {fingerprint(one.key)})" for one in signed.signatures)
    return Told(claim.id, claim.statement, claim.metric.name, claim.value, claim.level, names)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a check.

    Attributes:
        target: What was checked.
        subject: Display name, ``key`` and ``fingerprint`` of who signed.
        sealed_at: When, in the signer's words.
        findings: Everything that is false; nothing where all holds.
        claims: What is claimed. ``numbers``: how many numbers on pages were compared with them.
        notes: What a reader has to know beside it.
    """

    target: str
    subject: str = ""
    key: str = ""
    fingerprint: str = ""
    sealed_at: str = ""
    asked: Depth = "signature"
    files: int = 0
    numbers: int = 0
    claims: tuple[Told, ...] = ()
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether nothing false was found, as deep as it was possible to look."""
        return not self.findings

    @property
    def complete(self) -> bool:
        """Whether every claim could be looked at as deep as asked."""
        return all(one.outcome != "not possible" for one in self.steps)

    @property
    def reached(self) -> dict[str, Depth]:
        """For each claim, the deepest step that it passed."""
        found: dict[str, Depth] = {one.id: "signature" for one in self.claims}
        for step in self.steps:
            if step.claim and step.outcome == "verified":
                found[step.claim] = max(found[step.claim], step.depth, key=DEPTHS.index)
        return found

    def plain(self) -> dict[str, Any]:
        """Plain JSON data."""
        names = ("target", "subject", "key", "fingerprint", "sealed_at", "asked", "files")
        data: dict[str, Any] = {name: getattr(self, name) for name in (*names, "numbers")}
        for name in ("claims", "steps", "findings"):
            data[name] = [
                {key: getattr(one, key) for key in one.__slots__} for one in getattr(self, name)
            ]
        data["notes"] = list(self.notes)
        return {"verified": self.verified, "complete": self.complete, **data,
                "reached": self.reached}  # fmt: skip
