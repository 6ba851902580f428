"""Time-ordered identifiers, unique across stores, so that ledgers of two machines can be merged."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime


def new_id(at: datetime) -> str:
    """28 hexadecimal digits: milliseconds since 1970, then 64 random bits.

    >>> len(new_id(datetime(2026, 1, 1, tzinfo=UTC)))
    28
    """
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(8)}"


def new_seed() -> int:
    """A seed for one variant or one set of unseen cases, in [0, 2**31)."""
    return secrets.randbits(31)


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)
