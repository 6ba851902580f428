"""Strict JSON and its canonical bytes (RFC 8785): what is signed, and the only form accepted."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

from journeyman.errors import Invalid

LONGEST = 4 << 20
"""Bytes of the largest document that is read."""
_EXACT = 2**53  # integers beyond it are not exact in JavaScript, so JCS has no form for them


def canonical(value: Any) -> bytes:
    """The canonical bytes of plain JSON data.

    Raises:
        Invalid: NaN, infinity, a lone surrogate or an integer past 2**53.

    >>> canonical({"b": 1.0, "a": [True, None, "é"]}).decode()
    '{"a":[true,null,"é"],"b":1}'
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise Invalid(f"This has no canonical form: {error}.") from error


def parse(data: bytes, what: str, longest: int = LONGEST) -> Any:
    """Read one JSON document, refusing what two readers could read differently.

    Args:
        data: UTF-8 bytes.
        what: How to call the document in a message.
        longest: Bytes allowed.

    Raises:
        Invalid: too long, not UTF-8, not JSON, a key twice in one object, NaN, infinity, an
            integer that a double cannot hold, or nesting without end.

    >>> parse(b'{"value": 1, "value": 2}', "claim.json")
    Traceback (most recent call last):
    ...
    journeyman.errors.Invalid: claim.json has the key 'value' twice.
    """
    if len(data) > longest:
        raise Invalid(f"{what} has {len(data):,} bytes; at most {longest:,} are read.")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise Invalid(f"{what} has the key {key!r} twice.")
            found[key] = value
        return found

    def refuse(name: str) -> None:
        raise Invalid(f"{what} holds {name}, which is no JSON number.")

    def whole(text: str) -> int:
        number = int(text) if len(text) <= 17 else _EXACT
        if abs(number) >= _EXACT:
            raise Invalid(f"{what} holds the integer {text[:20]}, which is too large to be exact.")
        return number

    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse, parse_int=whole
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise Invalid(f"{what} is no JSON in UTF-8 ({error}).") from error
    except RecursionError as error:
        raise Invalid(f"{what} is nested too deeply.") from error


def parse_canonical(data: bytes, what: str, longest: int = LONGEST) -> Any:
    """Read a document that must already stand in its canonical form, byte for byte.

    Raises:
        Invalid: as :func:`parse`, or other bytes than the canonical ones (a space, a number
            written in another way, an escaped letter).
    """
    value = parse(data, what, longest)
    if canonical(value) != data:
        raise Invalid(f"{what} is not in canonical form (RFC 8785): it was written or changed by "
                      "something else.")  # fmt: skip
    return value


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()
