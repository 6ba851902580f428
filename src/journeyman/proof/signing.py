"""Ed25519 signatures over canonical JSON; a key's name is the key itself, in 43 characters."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from journeyman.errors import Invalid
from journeyman.proof.canonical import canonical, sha256

KEY_PATTERN = r"\A[A-Za-z0-9_-]{43}\Z"
SIGNATURE_PATTERN = r"\A[A-Za-z0-9_-]{86}\Z"


def encode(data: bytes) -> str:
    """Base64url without padding.

    >>> encode(b"ab")
    'YWI'
    """
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Back from :func:`encode`, refusing every other spelling of the same bytes.

    Raises:
        Invalid: not base64url, or not the one spelling.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(f"{text[:50]!r} is no base64url text.") from error
    if encode(data) != text:
        raise Invalid(f"{text[:50]!r} is not the one base64url spelling of its bytes.")
    return data


def key_id(private: Ed25519PrivateKey) -> str:
    """The name of a key: its public half in base64url."""
    return encode(private.public_key().public_bytes_raw())


def fingerprint(key: str) -> str:
    """A key's name for people to read out: 20 hexadecimal digits in fives.

    >>> fingerprint("A" * 43)
    '66687-aadf8-62bd7-76c8f'
    """
    digest = sha256(decode(key))
    return "-".join(digest[start : start + 5] for start in range(0, 20, 5))


def sign(private: Ed25519PrivateKey, kind: str, body: Mapping[str, Any]) -> str:
    """Sign ``body``; ``kind`` is signed with it, so that no signature serves another purpose."""
    return encode(private.sign(_message(kind, body)))


def is_signed(key: str, kind: str, body: Mapping[str, Any], signature: str) -> bool:
    """Whether ``key`` signed exactly this.

    >>> private = Ed25519PrivateKey.generate()
    >>> made = sign(private, "greeting", {"text": "hello"})
    >>> is_signed(key_id(private), "greeting", {"text": "hello"}, made)
    True
    >>> is_signed(key_id(private), "greeting", {"text": "hellp"}, made)
    False
    """
    try:
        public = Ed25519PublicKey.from_public_bytes(decode(key))
        public.verify(decode(signature), _message(kind, body))
    except (InvalidSignature, ValueError, Invalid):
        return False
    return True


def _message(kind: str, body: Mapping[str, Any]) -> bytes:
    return canonical({**body, "kind": f"journeyman.{kind}"})
