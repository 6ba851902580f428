"""One thing that is wrong with a submission, or odd: how often, and where first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from journeyman.scoring.metric import Numbers


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of error or warning.

    Attributes:
        kind: A short name that stays the same for scripts.
        message: One sentence.
        count: How many rows, ids or columns it is about.
        lines: The first few lines of the file, counted from 1 with the header (rows in Parquet).
    """

    kind: str
    message: str
    count: int = 1
    lines: tuple[int, ...] = ()


class Places(Protocol):
    """Says in which line a row stands."""

    def of(self, rows: Numbers) -> tuple[int, ...]:
        """The lines of the first few of ``rows``."""


def finding(
    kind: str, what: str, rows: Numbers, places: Places, examples: Sequence[str] = ()
) -> Finding:
    """A finding about ``rows`` of the file: how many, in which lines, and what stands there."""
    lines = places.of(rows)
    count = len(rows)
    where = ", ".join(map(str, lines)) + (", ..." if count > len(lines) else "")
    shown = ", such as " + ", ".join(map(repr, examples)) if examples else ""
    message = f"{what}: {count:,}{shown} (line{'s' if count > 1 else ''} {where})."
    return Finding(kind, message, count, lines)
