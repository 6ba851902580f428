"""Seals the labels of a shared competition with a password: scrypt, then AES-GCM.

A wrong password and a changed file are told apart from nothing: both fail the authentication, so
that neither reveals a label. What is sealed is bound to the competition and to its test rows.
"""

from __future__ import annotations

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from journeyman.errors import Invalid

MARK = b"journeyman-sealed-1\n"
SHORTEST = 8
DAMAGED = "The sealed labels are damaged; ask the host for the folder again."
_COST = {"n": 1 << 15, "r": 8, "p": 1}  # about 0.1 s and 32 MiB for each guess


def seal(data: bytes, password: str, binding: str) -> bytes:
    """Seal ``data``.

    Args:
        data: What to hide.
        password: At least 8 characters.
        binding: Text that must be the same when it is opened.

    Raises:
        Invalid: the password is too short.

    >>> open_sealed(seal(b"labels", "correct horse", "a"), "correct horse", "a")
    b'labels'
    """
    if len(password) < SHORTEST:
        raise Invalid(f"The password for sealed labels takes at least {SHORTEST} characters.")
    salt, nonce = os.urandom(16), os.urandom(12)
    header = json.dumps({**_COST, "salt": salt.hex(), "nonce": nonce.hex()}).encode() + b"\n"
    cipher = AESGCM(_key(password, salt, _COST))
    return MARK + header + cipher.encrypt(nonce, data, header + binding.encode())


def open_sealed(sealed: bytes, password: str, binding: str) -> bytes:
    """Open what :func:`seal` sealed.

    Raises:
        Invalid: the password is wrong, or the file or what it is bound to was changed.
    """
    if not sealed.startswith(MARK):
        raise Invalid(DAMAGED)
    header, _, body = sealed[len(MARK) :].partition(b"\n")
    header += b"\n"
    try:
        told = json.loads(header)
        cost = {name: int(told[name]) for name in _COST}
        salt, nonce = bytes.fromhex(told["salt"]), bytes.fromhex(told["nonce"])
        if cost != _COST or len(nonce) != 12:
            raise ValueError("not our parameters")  # noqa: TRY301 - one sentence for all of it
        cipher = AESGCM(_key(password, salt, cost))
        return cipher.decrypt(nonce, body, header + binding.encode())
    except InvalidTag as error:
        raise Invalid(
            "The labels do not open: the password is wrong, or the folder was changed."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(
            "The sealed labels are damaged; ask the host for the folder again."
        ) from error


def _key(password: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(password.encode())
