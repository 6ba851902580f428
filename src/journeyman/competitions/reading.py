"""Reads a file of predictions, CSV or Parquet, whatever way it was written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from journeyman.competitions.columns import Given, Lines, Wanted, choose, given_from, header
from journeyman.competitions.csv_file import CsvFile
from journeyman.competitions.finding import Finding
from journeyman.errors import Invalid, NotFound, TooLarge

LARGEST = 4 << 30
_SNIFFED = 1 << 16


def read(file: Path, wanted: Wanted) -> Given:
    """Read a file of predictions.

    Raises:
        NotFound: there is no such file, or it cannot be opened.
        Invalid: it cannot be read at all, or lacks a column (then nothing else can be said).
        TooLarge: it has more than 4 GiB.
    """
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise NotFound(f"{file} is not a file; name the file with your predictions.")
        if size > LARGEST:
            raise TooLarge(f"{file} has {size:,} bytes; predictions take at most {LARGEST:,}.")
        with file.open("rb") as raw:
            head = raw.read(_SNIFFED)
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {file}.") from error
    except OSError as error:
        raise NotFound(f"{file} cannot be read ({error.strerror}).") from error
    if not head:
        raise Invalid(f"{file} is empty; the first line should be {header(wanted)}.")
    if head.startswith(b"PAR1"):
        return _parquet(file, wanted)
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        raise Invalid(f"{file} is a compressed file or a spreadsheet; save it as plain CSV.")
    return CsvFile(file, wanted, head).read()


def _parquet(file: Path, wanted: Wanted) -> Given:
    warnings: list[Finding] = []
    try:
        names = pq.read_schema(file).names
        chosen = choose(names, wanted, warnings)
        table = pq.read_table(file, columns=list(chosen.values()))
    except (OSError, pa.ArrowException) as error:
        raise Invalid(f"{file} is a damaged Parquet file; write it again.") from error
    columns = {name: table[one].combine_chunks() for name, one in chosen.items()}
    return given_from(columns, wanted, Lines(1), warnings)
