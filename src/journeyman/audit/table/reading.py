"""Reads a table from wherever it is, finding out delimiter, encoding and decimal sign."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
from pyarrow import parquet

from journeyman.audit.finding import Finding
from journeyman.audit.table import databases
from journeyman.audit.table.kinds import note
from journeyman.audit.table.table import Table
from journeyman.errors import Invalid, NotFound

DELIMITERS = (",", ";", "\t", "|")
LARGEST = 700 * 1024 * 1024
"""A CSV beyond this many bytes is read as a sample by DuckDB, which does not hold it in memory."""
SAMPLE = 500_000
HEAD = 256 * 1024
BLOCK = 8 * 1024 * 1024
"""Arrow reads so many bytes at a time and refuses a row that is longer."""
_DECIMAL_COMMA = re.compile(r"^\s*-?\d{1,3}(\.\d{3})*,\d+\s*$")
_MISSING = [
    "",
    "NA",
    "N/A",
    "n/a",
    "NaN",
    "nan",
    "null",
    "NULL",
    "None",
    "none",
    "?",
    "-",
    "--",
    "#N/A",
    "missing",
    "unknown value",
]


def read_table(source: Path | str, *, query: str = "") -> Table:
    """Read a CSV, a Parquet file, or a table by its address.

    Args:
        source: A path, or ``sqlite:///file.db``, ``duckdb:///file.db``, ``postgresql://...``. The
            name of the table follows ``#``, or ``query`` gives a SELECT.
        query: SQL to run, for an address.

    Raises:
        NotFound: there is no such file.
        Invalid: it is no table: empty, a folder, binary, broken.
        Unavailable: the database cannot be reached, or its driver is not installed.
    """
    if isinstance(source, str) and databases.ADDRESS.match(source):
        return databases.read_database(source, query)
    path = Path(source)
    if not path.exists():
        raise NotFound(f"There is no file {path}; check the path.")
    if path.is_dir():
        raise Invalid(f"{path} is a folder; name a file in it, or audit the folder as a whole.")
    if path.stat().st_size == 0:
        raise Invalid(f"{path} is empty: it has no heading and no rows.")
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            return _from_parquet(path)
        if path.suffix.lower() in {".db", ".sqlite", ".sqlite3", ".duckdb"}:
            kind = "duckdb" if path.suffix == ".duckdb" else "sqlite"
            return databases.read_database(f"{kind}:///{path}", query)
        return _from_csv(path)
    except PermissionError:
        raise Invalid(f"{path} may not be read; change its permissions.") from None
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror or error}.") from None


def _from_parquet(path: Path) -> Table:
    try:
        file = parquet.ParquetFile(path)
        total = file.metadata.num_rows
        if total * max(1, file.metadata.num_columns) > 120_000_000:
            batch = next(file.iter_batches(batch_size=SAMPLE))
            frame = pa.Table.from_batches([batch]).to_pandas(date_as_object=False)
            said = note(
                "sampled",
                f"The first {len(frame):,} of {total:,} rows were read.",
                severity="note",
                file=path.name,
            )
            return Table(frame, path.name, total, (said,), "Parquet")
        frame = file.read().to_pandas(date_as_object=False)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        first = str(error).split(".")[0]
        raise Invalid(f"{path} is no readable Parquet file: {first}.") from None
    return Table(frame, path.name, total, (), "Parquet")


@dataclass(frozen=True)
class _Csv:
    """A text with a table in it, and what its beginning says of its form."""

    path: Path
    delimiter: str
    encoding: str
    decimal: str
    names: list[str]
    found: list[Finding]

    def table(self, frame: pd.DataFrame, rows: int) -> Table:
        """What was read, of so many rows."""
        how = f"delimiter {self.delimiter!r}, {self.encoding}, decimal {self.decimal!r}"
        return Table(frame, self.path.name, rows, tuple(self.found), how)


def _from_csv(path: Path) -> Table:
    with path.open("rb") as file:
        head = file.read(HEAD)
    encoding, found = _encoding(path, head)
    text = head.decode(encoding, errors="replace")
    if "\0" in text:
        raise Invalid(f"{path} is no text file; a CSV or Parquet file is needed.")
    complete = len(head) < HEAD
    lines = text.splitlines() if complete else text.splitlines()[:-1]
    if not any(line.strip() for line in lines):
        raise Invalid(f"{path} is empty: it has no heading and no rows.")
    delimiter = sniff_delimiter(lines)
    heading = next(csv.reader(lines, delimiter=delimiter))
    names, renamed = _unique([name.strip().lstrip("\ufeff") for name in heading])
    decimal = _decimal(lines, delimiter)
    if renamed:
        found.append(
            note(
                "duplicate-names",
                f"{', '.join(sorted(renamed))} stand"
                f"{'s' if len(renamed) == 1 else ''} more than once in the heading; the "
                "later ones were given a number.",
                *sorted(renamed),
                severity="fault",
                count=len(renamed),
                file=path.name,
            )
        )
    read = _Csv(path, delimiter, encoding, decimal, names, found)
    return _sampled(read) if path.stat().st_size > LARGEST else _whole(read)


def _encoding(path: Path, head: bytes) -> tuple[str, list[Finding]]:
    """UTF-8 unless a mark or the bytes say otherwise; both in one file is a finding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", []
    bad, high = 0, 0
    lines: list[int] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if number > 200_000:
                break
            if line.isascii():
                continue
            high += 1
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                bad += 1
                lines.append(number)
    if not bad:
        return "utf-8", []
    if bad == high:
        return "cp1252", []
    said = note(
        "encoding-mixed",
        f"{bad} lines are not UTF-8 while {high - bad} others with accents "
        f"are, for example line {lines[0]}; those were read as Windows-1252 or garbled.",
        severity="fault",
        count=bad,
        rows=tuple(max(0, one - 2) for one in lines[:10]),
        file=path.name,
    )
    return "utf-8", [said]


def sniff_delimiter(lines: list[str]) -> str:
    """The delimiter under which the first lines have the same number of cells, and several.

    >>> sniff_delimiter(["a;b;c", "1,5;2;x", "2,5;3;y"])
    ';'
    """
    best, score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            counts = [len(row) for row in csv.reader(lines[:200], delimiter=delimiter) if row]
        except csv.Error:
            continue
        if not counts:
            continue
        common, times = Counter(counts).most_common(1)[0]
        if common > 1 and (times / len(counts)) * min(common, 50) ** 0.5 > score:
            best, score = delimiter, (times / len(counts)) * min(common, 50) ** 0.5
    return best


def _decimal(lines: list[str], delimiter: str) -> str:
    if delimiter == ",":
        return "."
    cells = [cell for row in csv.reader(lines[1:200], delimiter=delimiter) for cell in row if cell]
    commas = sum(bool(_DECIMAL_COMMA.match(cell)) for cell in cells)
    points = sum(bool(re.match(r"^\s*-?\d+\.\d+\s*$", cell)) for cell in cells)
    return "," if commas > points and commas >= 0.05 * max(len(cells), 1) else "."


def _unique(names: list[str]) -> tuple[list[str], set[str]]:
    seen: Counter[str] = Counter()
    taken = set(names)
    out, renamed = [], set()
    for at, raw in enumerate(names):
        name = raw or f"column {at + 1}"
        seen[name] += 1
        if seen[name] > 1:
            renamed.add(name)
            number = seen[name]
            while f"{name} ({number})" in taken:
                number += 1
            name = f"{name} ({number})"
            taken.add(name)
        out.append(name)
    return out, renamed


def _whole(text: _Csv) -> Table:
    ragged: list[int] = []

    def row(bad: Any) -> str:
        ragged.append(int(bad.number or 0))
        return "skip"

    source: Path | pa.BufferReader = text.path
    if text.encoding == "utf-8" and any(one.kind == "encoding-mixed" for one in text.found):
        source = pa.BufferReader(_mended(text.path.read_bytes()))
    frame = _typed(text, source, row)
    if ragged:
        text.found.append(
            note(
                "ragged-rows",
                f"{len(ragged)} rows do not have {len(text.names)} cells and were left out.",
                severity="fault",
                count=len(ragged),
                file=text.path.name,
            )
        )
    return text.table(frame, len(frame) + len(ragged))


def _typed(
    text: _Csv, source: Path | pa.BufferReader, ragged: Callable[[Any], str] | None = None
) -> pd.DataFrame:
    """The rows of a text, each column with the type that all its cells have.

    ``ragged`` is called with every row of another length; None where there can be none.
    """
    try:
        try:  # without Python in Arrow's threads, which is what nearly every file needs
            frame = _parsed(text, source)
        except pa.ArrowInvalid:
            frame = _parsed(text, source, ragged)
    except pa.ArrowInvalid:
        frame = _patient(text, source)
    return _with_points(frame) if text.decimal == "," else frame


def _parsed(
    text: _Csv, source: Path | pa.BufferReader, handler: Callable[[Any], str] | None = None
) -> pd.DataFrame:
    """Arrow's reading; it refuses rows of another length, and rows longer than a block."""
    _rewound(source)
    table = arrow_csv.read_csv(
        source,
        read_options=arrow_csv.ReadOptions(
            column_names=text.names, skip_rows=1, encoding=text.encoding, block_size=BLOCK
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=text.delimiter, newlines_in_values=True, invalid_row_handler=handler
        ),
        convert_options=arrow_csv.ConvertOptions(
            null_values=_MISSING,
            strings_can_be_null=True,
            column_types={name: pa.string() for name in text.names}
            if text.decimal == ","
            else None,
            timestamp_parsers=[arrow_csv.ISO8601],
        ),
    )
    frame: pd.DataFrame = table.to_pandas(
        split_blocks=True, self_destruct=True, date_as_object=False
    )
    return frame


def _mended(data: bytes) -> bytes:
    """Lines that are not UTF-8 are taken for Windows-1252."""
    lines = []
    for line in data.split(b"\n"):
        try:
            line.decode("utf-8")
            lines.append(line)
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace").encode("utf-8"))
    return b"\n".join(lines)


def _rewound(source: Path | pa.BufferReader) -> Path | pa.BufferReader:
    if isinstance(source, pa.BufferReader):
        source.seek(0)
    return source


def _patient(text: _Csv, source: Path | pa.BufferReader) -> pd.DataFrame:
    """The slow reader, for what the quick one cannot take."""
    try:
        return pd.read_csv(
            _rewound(source),
            sep=text.delimiter,
            encoding=text.encoding,
            decimal=text.decimal,
            names=text.names,
            skiprows=1,
            encoding_errors="replace",
            on_bad_lines="skip",
            low_memory=False,
            na_values=_MISSING,
            index_col=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Invalid(f"{text.path} cannot be read as a table: {first}.") from None


def _with_points(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of which every cell is a number with a decimal comma become numbers."""
    for name in frame.columns:
        values = frame[name].dropna().astype(str).str.strip()
        if len(values) and values.str.match(r"^-?[\d.]*\d(,\d+)?$").all():
            plain = frame[name].astype("str").str.strip().str.replace(".", "", regex=False)
            frame[name] = pd.to_numeric(plain.str.replace(",", ".", regex=False), errors="coerce")
    return frame


def _sampled(text: _Csv) -> Table:
    spoken = {"utf-8": "utf-8", "cp1252": "latin-1", "utf-16": "utf-16"}[text.encoding]
    scan = "read_csv(?, delim=?, header=true, all_varchar=true, ignore_errors=true, encoding=?)"
    try:
        with databases.opened() as database:
            database.execute(
                "SET memory_limit='1GB'; SET preserve_insertion_order=false; SET threads=2"
            )
            given = [str(text.path), text.delimiter, spoken]
            total = int(
                database.execute(f"SELECT count(*) FROM {scan}", given).fetchall()[0][0]  # noqa: S608
            )
            # Row by row: a reservoir of so many rows takes DuckDB ten times as long.
            share = min(100.0, 100.0 * SAMPLE / max(total, 1))
            rows: Any = database.sql(
                f"SELECT * FROM {scan} TABLESAMPLE bernoulli({share}%) REPEATABLE (0)",  # noqa: S608
                params=given,
            ).to_arrow_table()
    except duckdb.Error as error:
        raise Invalid(
            f"{text.path} cannot be read as a table: {str(error).splitlines()[0]}."
        ) from None
    names = text.names[: rows.num_columns]
    written = pa.BufferOutputStream()
    arrow_csv.write_csv(rows.rename_columns(names), written)
    # Written once more and read as a whole file is, so that its columns get the same types.
    plain = replace(text, delimiter=",", encoding="utf-8", names=names)
    frame = _typed(plain, pa.BufferReader(written.getvalue()))
    text.found.append(
        note(
            "sampled",
            f"A random sample of {len(frame):,} of {total:,} rows was read.",
            severity="note",
            count=len(frame),
            file=text.path.name,
        )
    )
    return text.table(frame, total)
