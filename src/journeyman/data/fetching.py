"""Brings a data set onto this machine: one folder with a Parquet file a table, or nothing.

Sources are tried in the catalogue's order. Whatever one sends is brought into normal form and its
values are checked; only then does the folder appear, by one rename. From then on no network is
needed.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from journeyman.data import archives as packed
from journeyman.data.catalogue import Dataset, Read, Source, Table, catalogue, find
from journeyman.data.download import (
    Cancel,
    NoRoom,
    Progress,
    Report,
    Stopped,
    Wanted,
    disk,
    download,
    file_sha256,
    room,
    stop,
)  # fmt: skip
from journeyman.data.readers import read_table
from journeyman.data.registries import client, locate
from journeyman.data.values import content_sha256, dataset_sha256, normal_form
from journeyman.errors import Unavailable
from journeyman.settings import load

RECEIPT = "fetched.json"
_DOWNLOADS = ".downloads"


@dataclass(frozen=True, slots=True)
class Standing:
    """One data set and whether it is on this machine.

    Attributes:
        folder: Where its tables lie, None before it was fetched.
        bytes: What it takes up on the disk.
    """

    dataset: Dataset
    folder: Path | None
    bytes: int


def fetch(
    name: str,
    folder: Path,
    progress: Report | None = None,
    cancel: Cancel | None = None,
    *,
    archives: Sequence[Path] | None = None,
    roots: Iterable[Path] = (),
    web: httpx.Client | None = None,
) -> Path:
    """The folder with the tables of the data set ``name``, fetched if it is not there yet.

    Args:
        name: Id in the catalogue.
        folder: Where data sets are kept; the result is ``folder/name``.
        progress: Called with each step; None for silence.
        cancel: Asked often; True ends the fetch with ``Stopped``.
        archives: Folders with archives that the user has already; a file of the right name and
            checksum there is used instead of the network. None: those of the setting
            ``data_archives``.
        roots: Further banks with a ``datasets`` folder.
        web: The HTTP client; tests hand in their own.

    Returns:
        A folder with one ``<table>.parquet`` a table and a receipt.

    Raises:
        NotFound: no such data set.
        Stopped: cancelled; the part that was downloaded is kept.
        Unavailable: no source could be used, with the reason for each; nothing half-made stays.
    """
    dataset = find(name, roots)
    report, asked = progress or (lambda _: None), cancel or (lambda: False)
    target = folder / name
    with disk(folder):
        (folder / _DOWNLOADS).mkdir(parents=True, exist_ok=True)
        with _alone(folder / _DOWNLOADS / f"{name}.lock"):
            if is_whole(target, dataset):
                return target
            known = load().data_archives if archives is None else archives
            _Fetch(dataset, folder, report, asked, known, web).run(target)
    return target


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a fetched data set as data frames, by name.

    Raises:
        Unavailable: a file is broken or gone.
    """
    found = {}
    for file in sorted(folder.glob("*.parquet")):
        try:
            found[file.stem] = pq.read_table(file).to_pandas()
        except (OSError, pa.ArrowException) as error:
            raise Unavailable(
                f"{file} cannot be read; `journeyman data get {folder.name}` fetches it again."
            ) from error
    if not found:
        raise Unavailable(f"There are no tables in {folder}; fetch the data set first.")
    return found


def is_whole(folder: Path, dataset: Dataset) -> bool:
    """Whether ``folder`` holds this data set, with the values of the catalogue, undamaged."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text("utf-8"))
        return receipt["sha256"] == sha256_of(dataset) and all(
            _hash(folder / f"{name}.parquet") == receipt["files"][f"{name}.parquet"]
            for name in dataset.tables
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def sha256_of(dataset: Dataset) -> str:
    """The hash over all tables' values that the catalogue declares."""
    return dataset_sha256({name: table.sha256 for name, table in dataset.tables.items()})


def standings(folder: Path, roots: Iterable[Path] = ()) -> tuple[Standing, ...]:
    """Every data set of the catalogue, and which are here (their receipt says so)."""
    found = []
    for dataset in catalogue(roots).values():
        place = folder / dataset.id
        here = (place / RECEIPT).is_file()
        size = sum(file.stat().st_size for file in place.iterdir()) if here else 0
        found.append(Standing(dataset, place if here else None, size))
    return tuple(found)


def drop(name: str, folder: Path, roots: Iterable[Path] = ()) -> int:
    """Remove a data set and its unfinished downloads from this machine.

    Returns:
        The bytes that are free again.

    Raises:
        NotFound: no such data set.
    """
    dataset = find(name, roots)
    freed = 0
    with disk(folder):
        for source in dataset.sources:
            for file in (folder / _DOWNLOADS).glob(f"{source.file}*"):
                freed += file.stat().st_size
                file.unlink()
        place = folder / name
        if place.is_dir():
            freed += sum(file.stat().st_size for file in place.iterdir())
            shutil.rmtree(place)
    return freed


@dataclass(frozen=True, slots=True)
class _Fetch:
    """One fetch under way."""

    dataset: Dataset
    folder: Path
    report: Report
    cancel: Cancel
    archives: Sequence[Path]
    web: httpx.Client | None

    def run(self, target: Path) -> None:
        """Try each source in turn."""
        reasons = []
        # What lies in a folder of archives needs no network, wherever it stands in the list.
        order = sorted(self.dataset.sources, key=lambda source: not self._obtained(source))
        for source in order:
            try:
                archive, own = self._archive(source)
                self._convert(source, archive, target)
            except (Stopped, NoRoom):
                raise
            except Unavailable as error:
                reasons.append(f"{source.name}: {error.message.rstrip('.')}")
                continue
            if own:
                archive.unlink(missing_ok=True)
            return
        names = " or ".join(dict.fromkeys(source.file for source in self.dataset.sources))
        raise Unavailable(
            f"{self.dataset.id!r} could not be fetched ({'; '.join(reasons)}). Connect and run it "
            f"again, or put {names} into a folder and name that in JOURNEYMAN_DATA_ARCHIVES."
        )

    def _obtained(self, source: Source) -> bool:
        return any((folder / source.file).is_file() for folder in self.archives)

    def _archive(self, source: Source) -> tuple[Path, bool]:
        """The source's file, and whether it is ours to remove."""
        wanted = Wanted(source.sha256, source.bytes, source.name)
        for folder in self.archives:
            file = folder / source.file
            if file.is_file() and source.sha256 in {"", self._sha256(file, wanted)}:
                return file, False
        file = self.folder / _DOWNLOADS / source.file
        if file.is_file() and source.sha256 and self._sha256(file, wanted) == source.sha256:
            return file, True
        self.report(Progress("looking", 0, 0, source.name))
        stop(self.cancel)
        if self.web is not None:
            return self._download(self.web, source, file, wanted)
        with client() as web:
            return self._download(web, source, file, wanted)

    def _download(
        self, web: httpx.Client, source: Source, file: Path, wanted: Wanted
    ) -> tuple[Path, bool]:
        url = locate(source, web)
        download(web, url, file, wanted, report=self.report, cancel=self.cancel)
        return file, True

    def _sha256(self, file: Path, wanted: Wanted) -> str:
        return file_sha256(file, wanted, self.report, self.cancel)

    def _convert(self, source: Source, archive: Path, target: Path) -> None:
        """Write the tables beside ``target``, check them, and move them into place at once."""
        room(self.folder, source.bytes * 2)
        made = target.with_name(f".{target.name}.making")  # ours alone: the lock is held
        shutil.rmtree(made, ignore_errors=True)  # a killed fetch may have left it
        made.mkdir()
        try:
            self._write_tables(source, archive, made)
            shutil.rmtree(target, ignore_errors=True)
            made.rename(target)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _write_tables(self, source: Source, archive: Path, made: Path) -> None:
        files = {}
        for number, (name, table) in enumerate(self.dataset.tables.items()):
            stop(self.cancel)
            self.report(Progress("converting", number, len(self.dataset.tables), source.name))
            found = build(table, source.reads[name], archive)
            if content_sha256(found) != table.sha256:
                raise Unavailable(f"the values of {name} are not those of the catalogue")
            file = made / f"{name}.parquet"
            pq.write_table(found, file, compression="zstd")
            files[file.name] = _hash(file)
        receipt = {
            "id": self.dataset.id,
            "sha256": sha256_of(self.dataset),
            "source": source.name,
            "archive_sha256": source.sha256,
            "licence": self.dataset.licence,
            "citation": self.dataset.citation,
            "files": files,
        }
        (made / RECEIPT).write_text(json.dumps(receipt, indent=1, ensure_ascii=False), "utf-8")
        total = len(self.dataset.tables)
        self.report(Progress("converting", total, total, source.name))


def build(table: Table, reads: Sequence[Read], archive: Path) -> pa.Table:
    """One table in normal form out of an archive."""
    parts = []
    for read in reads:
        patterns = [read.member, read.labels] if read.labels else [read.member]
        raw = read_table(packed.members(archive, patterns), read)
        parts.append(normal_form(raw, table, read))
    return pa.concat_tables(parts)


def _hash(file: Path) -> str:
    return file_sha256(file, Wanted("", 0, ""), lambda _: None, lambda: False)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let no other process fetch the same set meanwhile; the lock goes with the process."""
    with lock.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
