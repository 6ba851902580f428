"""Where a check gets files from: by their hash, in a bundle or in a verifier's own folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from journeyman.errors import NotFound, TooLarge
from journeyman.proof.claim import LONGEST
from journeyman.proof.sources import LARGEST_SITE, Folder, Source, Web, digest, read


class Fetch:
    """Finds files by their hash: in the bundle, then in the verifier's own folder.

    Args:
        source: The bundle.
        places: Its paths by hash.
        data: The verifier's own folder.
    """

    def __init__(self, source: Source, places: Mapping[str, str], data: Path | None) -> None:
        self.source = source
        self.places = places
        self.data = data
        self._index: dict[str, Path] | None = None

    def __call__(self, wanted: str, limit: int) -> bytes:
        """A file; NotFound where it is not to be had."""
        if wanted in self.places:
            return read(self.source, self.places[wanted], limit)
        path = self._own().get(wanted)
        if path is None:
            raise NotFound(f"There is no file with the sha256 {wanted}.")
        return read(Folder(path.parent), path.name, limit)

    def _own(self) -> dict[str, Path]:
        """The files of the verifier's folder by hash, read once."""
        if self._index is None:
            self._index = {}
            if self.data is not None:
                folder = Folder(self.data)
                for name in folder.paths():
                    path = folder.root / name
                    if path.is_file() and not path.is_symlink():
                        self._index[digest(folder, name, LARGEST_SITE)[0]] = path
        return self._index


def one_file(target: str, longest: int = LONGEST) -> tuple[Source, bytes]:
    """A single file at a path or an address, and where it lies.

    Raises:
        NotFound: there is none. TooLarge: more than ``longest`` bytes.
    """
    if "://" in target:
        web = Web(target)
        found = bytearray()
        for block in web.get(target):
            found += block
            if len(found) > longest:
                raise TooLarge(f"{target[:300]} is too large to be a claim or a badge.")
        return web, bytes(found)
    path = Path(target)
    if not path.is_file():
        raise NotFound(f"There is no file {target[:300]}.")
    if path.stat().st_size > longest:
        raise TooLarge(f"{target[:300]} is too large to be a claim or a badge.")
    return Folder(path.parent), path.read_bytes()
