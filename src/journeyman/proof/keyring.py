"""The key file: one person's private key with its public history, written whole or not at all.

One file holds both, so that a crash in the middle of a rotation leaves the old state or the new.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import Field

from journeyman.errors import Conflict, Forbidden, Invalid, NotFound
from journeyman.proof import ring as history
from journeyman.proof.forms import Form, instant
from journeyman.proof.ring import Ring
from journeyman.proof.signing import decode, encode, key_id

FILE = "key.json"
SHORTEST = 8
_COST = {"n": 1 << 15, "r": 8, "p": 1}  # about 0.1 s and 32 MiB for each guess
_Base64 = Annotated[str, Field(pattern=r"\A[A-Za-z0-9_-]{1,200}\Z")]

Passphrase = Callable[[], str]
"""Asked only where the key is protected."""


class _Open(Form):
    kind: Literal["open"] = "open"
    private: _Base64


class _Sealed(Form):
    kind: Literal["scrypt-aesgcm"] = "scrypt-aesgcm"
    salt: _Base64
    nonce: _Base64
    sealed: _Base64


class _KeyFile(Form):
    schema_id: Literal["journeyman.key"] = "journeyman.key"
    version: Literal[1] = 1
    ring: Ring
    secret: Annotated[_Open | _Sealed, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """An open key with the name that signs and its public history."""

    name: str
    private: Ed25519PrivateKey
    ring: Ring

    @property
    def key(self) -> str:
        """The key's name."""
        return self.ring.current


def _no_passphrase() -> str:
    raise Invalid(
        "Your key is protected by a passphrase: run this at a terminal, or name a file that holds "
        "it with --passphrase-file."
    )


class Keyring:
    """The key in a folder.

    Args:
        folder: Usually ``keys`` in the data directory; made on the first use.
        clock: Reads the present instant.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self.file = folder / FILE
        self.clock = clock

    @property
    def exists(self) -> bool:
        """Whether there is a key yet."""
        return self.file.is_file()

    @property
    def protected(self) -> bool:
        """Whether a passphrase is needed."""
        return isinstance(self._read().secret, _Sealed)

    @property
    def ring(self) -> Ring:
        """The public history."""
        return self._read().ring

    def make(self) -> Ring:
        """The public history; a first key is made where there is none."""
        with self._alone():
            if not self.exists:
                private = Ed25519PrivateKey.generate()
                found = _KeyFile(ring=history.begin(private, self.clock()), secret=_open(private))
                self._write(found)
            return self._read().ring

    def signer(self, name: str, passphrase: Passphrase = _no_passphrase) -> Signer:
        """Open the key; a first one is made where there is none.

        Raises:
            Invalid: wrong passphrase, or a damaged file.
            Forbidden: others on this machine can read the file.
        """
        self.make()
        found = self._read()
        return Signer(name, _unlock(found, passphrase, self.file), found.ring)

    def protect(self, new: str, passphrase: Passphrase = _no_passphrase) -> None:
        """Seal the key with a passphrase, or leave it open where ``new`` is empty."""
        if new and len(new) < SHORTEST:
            raise Invalid(f"A passphrase takes at least {SHORTEST} characters.")
        with self._alone():
            found = self._read()
            private = _unlock(found, passphrase, self.file)
            self._write(_KeyFile(ring=found.ring, secret=_secret(private, found.ring, new)))

    def rotate(self, passphrase: Passphrase = _no_passphrase, revoking: str = "") -> Ring:
        """Make a new key, signed by the old one; the passphrase stays.

        Args:
            passphrase: Asked where the key is protected.
            revoking: Why the old key is no longer to be believed; empty leaves it believed.
        """
        with self._alone():
            found = self._read()
            said = passphrase() if isinstance(found.secret, _Sealed) else ""
            old = _unlock(found, lambda: said, self.file)
            new = Ed25519PrivateKey.generate()
            changed = history.rotate(found.ring, old, new, self.clock())
            if revoking:
                gone = found.ring.current
                changed = history.revoke(changed, new, gone, revoking, self.clock())
            self._write(_KeyFile(ring=changed, secret=_secret(new, changed, said)))
        return changed

    def revoke(self, key: str, reason: str, passphrase: Passphrase = _no_passphrase) -> Ring:
        """Revoke a key of the history; the current one is replaced in the same step."""
        if key in {"", self.ring.current}:
            return self.rotate(passphrase, reason)
        with self._alone():
            found = self._read()
            private = _unlock(found, passphrase, self.file)
            changed = history.revoke(found.ring, private, key, reason, self.clock())
            self._write(_KeyFile(ring=changed, secret=found.secret))
        return changed

    def start_over(self) -> Ring:
        """Put a key that cannot be opened aside and begin a new history."""
        with self._alone():
            if not self.exists:
                raise NotFound("There is no key yet; the first claim makes one.")
            stamp = instant(self.clock()).replace(":", "")
            aside = self.file.with_name(f"key-until-{stamp}.json")
            if aside.exists():
                raise Conflict(f"{aside} is there already; try again in a second.")
            self.file.rename(aside)
        return self.make()

    def _read(self) -> _KeyFile:
        try:
            mode = self.file.stat().st_mode
            data = self.file.read_bytes()
        except FileNotFoundError as error:
            raise NotFound("There is no key yet; the first claim makes one.") from error
        except OSError as error:
            raise Invalid(f"The key file {self.file} cannot be read ({error.strerror}).") from error
        if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
            raise Forbidden(
                f"Others on this machine can read your key: run `chmod 600 {self.file}`, and if "
                "somebody may have copied it, `journeyman key revoke`."
            )
        try:
            found = _KeyFile.read(data, "the key file")
        except Invalid as error:
            raise _damaged(self.file) from error
        if found.ring.faults():
            raise _damaged(self.file)
        return found

    def _write(self, content: _KeyFile) -> None:
        new = self.file.with_name(FILE + ".new")
        with contextlib.suppress(FileNotFoundError):
            new.unlink()  # of a write that was killed
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content.to_bytes())
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process change the key meanwhile; the lock goes with the process."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.file.parent / "lock").open("a+b") as file:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415 - Windows only

                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl  # noqa: PLC0415 - not on Windows

                fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _open(private: Ed25519PrivateKey) -> _Open:
    return _Open(private=encode(private.private_bytes_raw()))


def _secret(private: Ed25519PrivateKey, ring: Ring, passphrase: str) -> _Open | _Sealed:
    if not passphrase:
        return _open(private)
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = _cipher(passphrase, salt).encrypt(
        nonce, private.private_bytes_raw(), ring.current.encode()
    )
    return _Sealed(salt=encode(salt), nonce=encode(nonce), sealed=encode(sealed))


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, **_COST).derive(passphrase.encode()))


def _unlock(found: _KeyFile, passphrase: Passphrase, file: Path) -> Ed25519PrivateKey:
    secret = found.secret
    try:
        if isinstance(secret, _Open):
            raw = decode(secret.private)
        else:
            cipher = _cipher(passphrase(), decode(secret.salt))
            raw = cipher.decrypt(decode(secret.nonce), decode(secret.sealed),
                                 found.ring.current.encode())  # fmt: skip
        private = Ed25519PrivateKey.from_private_bytes(raw)
    except InvalidTag as error:
        raise Invalid(
            "The passphrase does not open your key; if it is lost, `journeyman key rotate --lost` "
            "puts the key aside and begins anew, with no link to what it signed."
        ) from error
    except ValueError as error:
        raise _damaged(file) from error
    if key_id(private) != found.ring.current:
        raise _damaged(file)
    return private


def _damaged(file: Path) -> Invalid:
    return Invalid(
        f"The key file {file} is damaged: put back a copy of it, or begin anew with "
        "`journeyman key rotate --lost`, with no link to what the old key signed."
    )
