"""The badges that were issued: each with its place in the status list, and whether it holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from journeyman.errors import NotFound, Unavailable

FOLDER = "badges"
FILE = "issued.json"


@dataclass(frozen=True, slots=True)
class Issued:
    """One badge.

    Attributes:
        index: Its place in the status list of the site at ``address``; -1 without an address.
        name: ``kind/slug`` of what it is for. ``title``: the same for people.
        claim: Id of the claim that it rests on. ``key``: that signed it. ``at``: when.
        revoked: When it was revoked; empty while it holds.
    """

    index: int
    name: str
    title: str
    claim: str
    key: str
    at: str
    address: str
    revoked: str = ""


class Shelf:
    """The badges of one learner.

    Args:
        home: The data directory.
    """

    def __init__(self, home: Path) -> None:
        self.file = home / FOLDER / FILE

    def read(self) -> tuple[Issued, ...]:
        """All of them, oldest first.

        Raises:
            Unavailable: the file was damaged; nothing is guessed about who holds what.
        """
        try:
            rows = json.loads(self.file.read_text("utf-8"))
            return tuple(Issued(**row) for row in rows)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError) as error:
            raise Unavailable(
                f"{self.file}, the list of your badges, cannot be read; put it back from a backup."
            ) from error

    def place(self, name: str, claim: str, key: str, address: str) -> int:
        """The place for a badge: that of the same one if it was issued before, else the next."""
        if not address:
            return -1
        there = [one for one in self.read() if one.address == address]
        for one in there:
            if (one.name, one.claim, one.key, one.revoked) == (name, claim, key, ""):
                return one.index
        return max((one.index for one in there), default=-1) + 1

    def add(self, made: Issued) -> None:
        """Keep one; the same badge issued again stands once."""
        same = (made.index, made.name, made.claim, made.key, made.address)
        rest = [
            one
            for one in self.read()
            if (one.index, one.name, one.claim, one.key, one.address) != same or one.revoked
        ]
        self._write([*rest, made])

    def revoke(self, name: str, at: str) -> tuple[Issued, ...]:
        """Revoke every badge for a thing that still holds.

        Args:
            name: ``kind/slug``, or the slug alone.
            at: The present instant.

        Raises:
            NotFound: there is none.
        """
        rows = self.read()
        gone = [
            one
            for one in rows
            if name in {one.name, one.name.partition("/")[2]} and not one.revoked
        ]
        if not gone:
            raise NotFound(
                f"You have issued no badge for {name!r} that still holds; `journeyman badge` lists "
                "all."
            )
        self._write([replace(one, revoked=at) if one in gone else one for one in rows])
        return tuple(gone)

    def of(self, address: str, keys: Iterable[str]) -> tuple[Issued, ...]:
        """Those in the status list of a site, by keys that are still believed."""
        known = frozenset(keys)
        return tuple(one for one in self.read() if one.address == address and one.key in known)

    def _write(self, rows: Sequence[Issued]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_name(f".{FILE}.new")
        new.write_text(json.dumps([asdict(one) for one in rows], indent=1) + "\n", "utf-8")
        new.replace(self.file)
