"""Entries of one kind that lie in folders of their own: those that load, and what ails the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from journeyman.errors import Invalid, NotFound


class _Named(Protocol):
    @property
    def slug(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


@dataclass(frozen=True)
class Catalogue(Generic[Entry]):
    """Every entry that loads, and a sentence for each that does not.

    Attributes:
        entries: By their slugs.
        faults: By the names of their folders.
        absent: The sentence about a name that is not there, with ``{slug!r}`` for the name.
    """

    entries: Mapping[str, Entry]
    faults: Mapping[str, str]
    absent: str

    def find(self, slug: str) -> Entry:
        """The entry of that name.

        Raises:
            NotFound: there is none.
            Invalid: it is broken.
        """
        if slug in self.faults:
            raise Invalid(self.faults[slug])
        if slug not in self.entries:
            raise NotFound(self.absent.format(slug=slug))
        return self.entries[slug]


def catalogue(
    files: Iterable[Path], load: Callable[[Path], Entry], absent: str
) -> Catalogue[Entry]:
    """Load the entries whose descriptions these are; of two with one name the first counts.

    Args:
        files: One in the folder of each entry.
        load: Reads the entry of a folder, or raises Invalid.
        absent: As for ``Catalogue``.
    """
    entries: dict[str, Entry] = {}
    faults: dict[str, str] = {}
    for file in files:
        try:
            entry = load(file.parent)
        except Invalid as error:
            faults[file.parent.name] = error.message
            continue
        entries.setdefault(entry.slug, entry)
    return Catalogue(entries, faults, absent)
