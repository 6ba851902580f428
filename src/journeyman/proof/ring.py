"""The public history of somebody's keys: each signed by the one before, and those revoked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field

from journeyman.errors import Conflict, Invalid
from journeyman.proof import signing
from journeyman.proof.forms import Form, Instant, Key, Name, Signed, instant


class KeyEntry(Form):
    """One key. The first signs itself; each later one is signed by the key before it."""

    id: Key
    created_at: Instant
    previous: Annotated[str, Field(pattern=r"\A([A-Za-z0-9_-]{43})?\Z")]
    signature: Signed

    def body(self) -> dict[str, Any]:
        """What is signed."""
        return {"id": self.id, "created_at": self.created_at, "previous": self.previous}


class Revocation(Form):
    """A key that is no longer believed, whatever date stands in what it signed."""

    key: Key
    reason: Name
    at: Instant
    by: Key
    signature: Signed

    def body(self) -> dict[str, Any]:
        """What is signed."""
        return {"key": self.key, "reason": self.reason, "at": self.at, "by": self.by}


class Ring(Form):
    """``proof/keys.json``: all keys of one person, oldest first, and those revoked."""

    schema_id: Literal["journeyman.keys"] = "journeyman.keys"
    version: Literal[1] = 1
    keys: Annotated[tuple[KeyEntry, ...], Field(min_length=1, max_length=100)]
    revocations: Annotated[tuple[Revocation, ...], Field(max_length=100)] = ()

    @property
    def current(self) -> str:
        """The key that signs now."""
        return self.keys[-1].id

    @property
    def revoked(self) -> frozenset[str]:
        """Keys that are not believed."""
        return frozenset(one.key for one in self.revocations)

    @property
    def believed(self) -> frozenset[str]:
        """Keys whose signatures count."""
        return frozenset(one.id for one in self.keys) - self.revoked

    def faults(self) -> list[str]:
        """What is wrong with the history; nothing where every link holds."""
        found, previous = [], ""
        for one in self.keys:
            signer = previous or one.id
            if one.previous != previous:
                found.append(f"key {signing.fingerprint(one.id)} does not follow the one before it")
            elif not signing.is_signed(signer, "rotation", one.body(), one.signature):
                found.append(
                    f"key {signing.fingerprint(one.id)} is not signed by the one before it"
                )
            previous = one.id
        known = {one.id for one in self.keys}
        if len(known) < len(self.keys):
            found.append("a key stands twice in the history")
        for gone in self.revocations:
            signed = signing.is_signed(gone.by, "revocation", gone.body(), gone.signature)
            if {gone.by, gone.key} - known or not signed:
                found.append("a revocation is not signed by one of these keys")
        if self.current in self.revoked:
            found.append("the current key is revoked")
        return found


def begin(private: Ed25519PrivateKey, at: datetime) -> Ring:
    """The history of a first key."""
    return Ring(keys=(_entry(private, private, "", at),))


def rotate(ring: Ring, old: Ed25519PrivateKey, new: Ed25519PrivateKey, at: datetime) -> Ring:
    """The history with a new current key, signed by the old one.

    Raises:
        Conflict: ``old`` is not the current key.
    """
    if signing.key_id(old) != ring.current:
        raise Conflict("Only the current key can sign a new one.")
    return Ring(keys=(*ring.keys, _entry(new, old, ring.current, at)), revocations=ring.revocations)


def _entry(
    private: Ed25519PrivateKey, signer: Ed25519PrivateKey, previous: str, at: datetime
) -> KeyEntry:
    body = {"id": signing.key_id(private), "created_at": instant(at), "previous": previous}
    return KeyEntry(**body, signature=signing.sign(signer, "rotation", body))


def revoke(ring: Ring, private: Ed25519PrivateKey, key: str, reason: str, at: datetime) -> Ring:
    """The history with ``key`` revoked, signed by the current key.

    Raises:
        Conflict: it is revoked already, or it is the current key: rotate first.
        Invalid: it is no key of this history.
    """
    if key not in {one.id for one in ring.keys}:
        raise Invalid(
            f"There is no key {key[:50]!r} in your history; `journeyman key show` lists them."
        )
    if key in ring.revoked:
        raise Conflict("This key is revoked already.")
    if key == ring.current:
        raise Conflict("The current key is revoked by its successor: rotate first.")
    body = {"key": key, "reason": reason, "at": instant(at), "by": ring.current}
    added = Revocation(**body, signature=signing.sign(private, "revocation", body))
    return Ring(keys=ring.keys, revocations=(*ring.revocations, added))
