"""A claim: one number, what it was measured on and with, and who signs for it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field, model_validator

from journeyman.proof import signing
from journeyman.proof.forms import (
    Form,
    Hash,
    Instant,
    Key,
    MaybeHash,
    Name,
    Signed,
    Text,
    Whole,
    instant,
)

Level = Literal["self-attested", "issuer-attested", "re-run"]
Role = Literal["subject", "issuer", "verifier"]
Id = Annotated[str, Field(pattern=r"\A[0-9a-f]{28}\Z")]
LONGEST = 256 << 10
METRIC_VERSION = 1
"""Of the metrics in ``journeyman.scoring``; raised when a formula there gives another number."""


class Subject(Form):
    """Whose claim it is: a display name, and the key that signs."""

    name: Name
    key: Key


class MetricName(Form):
    """A metric of ``journeyman.scoring``; or ``score`` or ``mastery``, not recomputed."""

    name: Annotated[str, Field(pattern=r"\A[a-z0-9@=._-]{1,60}\Z")]
    version: Annotated[int, Field(ge=1)]


class Interval(Form):
    """An interval and how it came about.

    Attributes:
        level: Share of cases that it covers, such as 0.95.
        method: ``bootstrap`` is computed again by a verifier with ``seed`` and ``resamples``.
    """

    low: float
    high: float
    level: Annotated[float, Field(gt=0, lt=1)]
    method: Literal["bootstrap", "posterior", "stated"]
    seed: Whole = 0
    resamples: Annotated[int, Field(ge=0, le=100_000)] = 0


class Content(Form):
    """The entry of the bank that the number is about."""

    kind: Annotated[str, Field(pattern=r"\A[a-z-]{1,30}\Z")]
    slug: Annotated[str, Field(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,100}\Z")]
    version: Annotated[int, Field(ge=1)]
    sha256: Hash


class Pins(Form):
    """SHA-256 of each thing that the number came from; empty where there is none.

    A bundle's files are found by these hashes, so a claim needs no paths.

    Attributes:
        data: Of the data set. ``split``: of the ids of the rows that were scored.
        train: Of the table that the code learns from, its last column the target.
        inputs: Of the table that the model reads (an ``id`` column, then the features).
        labels: The commitment: of the file of labels. ``predictions``: of the file of predictions.
        model: Of the ONNX file. ``code``: of the Python file with ``fit`` and ``predict``.
        lock: Of the lock file of the environment.
    """

    data: MaybeHash = ""
    split: MaybeHash = ""
    train: MaybeHash = ""
    inputs: MaybeHash = ""
    labels: MaybeHash = ""
    predictions: MaybeHash = ""
    model: MaybeHash = ""
    code: MaybeHash = ""
    lock: MaybeHash = ""
    commit: Annotated[str, Field(pattern=r"\A([0-9a-f]{40}|[0-9a-f]{64})?\Z")] = ""


class Environment(Form):
    """Where the number was computed."""

    python: Text
    platform: Text
    cpu: Text
    blas: Text
    libraries: Annotated[dict[Name, Text], Field(max_length=200)]


class Claim(Form):
    """One number with all that it depends on.

    Attributes:
        statement: What is claimed, in one plain sentence.
        isolation: How strongly the code was confined when the number came about; empty for none.
        level: self-attested; issuer-attested (an issuer signs too); re-run (someone else ran it
            again and signs too).
        evidence: Ids in the subject's own ledger.
    """

    schema_id: Literal["journeyman.claim"] = "journeyman.claim"
    version: Literal[1] = 1
    id: Id
    subject: Subject
    statement: Name
    metric: MetricName
    value: float
    interval: Interval | None = None
    content: Content
    pins: Pins = Pins()
    seed: Whole = 0
    threads: Annotated[int, Field(ge=1, le=4096)] = 1
    environment: Environment
    isolation: Text = ""
    level: Level = "self-attested"
    issued_at: Instant
    evidence: Annotated[tuple[Name, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.interval and not self.interval.low <= self.value <= self.interval.high:
            raise ValueError("the value lies outside of its interval")
        return self

    def number(self, field: str) -> float | None:
        """The number that a page may show under ``field``: value, low or high."""
        if field == "value":
            return self.value
        found = getattr(self.interval, field, None) if field in {"low", "high"} else None
        return None if found is None else float(found)


class Signature(Form):
    """Who signed, in which role, and when; all of it is signed."""

    role: Role
    key: Key
    name: Name
    at: Instant
    signature: Signed


class SignedClaim(Form):
    """``claim.json``: a claim with one to eight signatures, the subject's first."""

    claim: Claim
    signatures: Annotated[tuple[Signature, ...], Field(min_length=1, max_length=8)]

    def faults(self) -> list[str]:
        """What is wrong with the signatures, nothing where all of them hold.

        Whether a key is one that the reader knows is another question: see ``check``.
        """
        found = [
            f"the signature of {one.name} ({one.role}) does not fit the claim"
            for one in self.signatures
            if not signing.is_signed(one.key, "claim", _body(self.claim, one), one.signature)
        ]
        first, *others = self.signatures
        subject = self.claim.subject
        if first.role != "subject" or (first.key, first.name) != (subject.key, subject.name):
            found.append("the first signature is not that of the claim's subject")
        if any(one.role == "subject" or one.key == subject.key for one in others):
            found.append("the subject signs once, and cannot be their own issuer or verifier")
        needed = {"issuer-attested": "issuer", "re-run": "verifier"}.get(self.claim.level)
        if needed and needed not in {one.role for one in others}:
            found.append(f"it says {self.claim.level}, and no {needed} has signed")
        return found


def _body(claim: Claim, signature: Signature) -> dict[str, Any]:
    about = signature.plain()
    del about["signature"]
    return {"claim": claim.plain(), **about}


def _signature(
    claim: Claim, private: Ed25519PrivateKey, name: str, role: Role, at: datetime
) -> Signature:
    blank = Signature(
        role=role, key=signing.key_id(private), name=name, at=instant(at), signature="A" * 86
    )
    text = signing.sign(private, "claim", _body(claim, blank))
    return blank.model_copy(update={"signature": text})


def sign(claim: Claim, private: Ed25519PrivateKey, at: datetime) -> SignedClaim:
    """Sign a claim as its subject.

    >>> from journeyman.proof.building import example
    >>> claim, private = example()
    >>> sign(claim, private, datetime.fromisoformat("2026-03-02T09:00:00Z")).faults()
    []
    """
    signature = _signature(claim, private, claim.subject.name, "subject", at)
    return SignedClaim(claim=claim, signatures=(signature,))


def countersign(
    signed: SignedClaim, private: Ed25519PrivateKey, name: str, role: Role, at: datetime
) -> SignedClaim:
    """Add the signature of an issuer, or of somebody who ran it again."""
    added = _signature(signed.claim, private, name, role, at)
    return SignedClaim(claim=signed.claim, signatures=(*signed.signatures, added))


def new_id(at: datetime) -> str:
    """28 hexadecimal digits, in the order of time."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(8)}"
