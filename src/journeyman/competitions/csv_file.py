"""One CSV file of predictions: its encoding, its separator, and the two ways of reading it.

The usual file is read by Arrow in one go. Only a file that is not as it should be is read a second
time as text, so that every fault in it can be named with its line.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv

from journeyman.competitions.columns import EMPTY, Given, Lines, Wanted, choose, given_from
from journeyman.competitions.finding import Finding, finding
from journeyman.errors import Invalid
from journeyman.scoring.metric import Numbers

_DECIMAL_COMMA = re.compile(r"(^|;)-?\d+,\d+(;|$)")


class CsvFile:
    """A file that is probably CSV.

    Args:
        file: The file.
        wanted: What it should hold.
        head: Its first bytes, to tell encoding and separator by.
    """

    def __init__(self, file: Path, wanted: Wanted, head: bytes) -> None:
        self.file, self.wanted = file, wanted
        self.warnings: list[Finding] = []
        self.encoding = self._sniff_encoding(head)
        text = head.decode(self.encoding, "replace").lstrip("\ufeff")
        first, _, rest = text.lstrip("\r\n").partition("\n")
        self.separator = self._sniff_separator(first)
        self.decimal = "."
        if self.separator == ";" and _DECIMAL_COMMA.search(rest.partition("\n")[0].strip()):
            self.decimal = ","
            self.warnings.append(Finding("decimals", "Commas were read as decimal points."))
        self.names = [
            name.strip().strip("\"'").strip() for name in first.strip("\r").split(self.separator)
        ]

    def _sniff_encoding(self, head: bytes) -> str:
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.warnings.append(Finding("encoding", "The file is UTF-16; it was read as that."))
            return "utf-16"
        if head.count(b"\0") > len(head) // 4:
            self.warnings.append(Finding("encoding", "The file is UTF-16; it was read as that."))
            return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
        if head.startswith(b"\xef\xbb\xbf"):
            return "utf-8-sig"
        return "utf-8"

    def _sniff_separator(self, first: str) -> str:
        counts = {one: first.count(one) for one in ",;\t|"}
        best = max(counts, key=lambda one: counts[one])
        if counts[best] and best != ",":
            name = {"\t": "tabs", ";": "semicolons", "|": "bars"}[best]
            self.warnings.append(Finding("separator", f"Columns are separated by {name}."))
        return best if counts[best] else ","

    def read(self) -> Given:
        """The quick way, or the thorough one if anything is odd."""
        chosen = choose(self.names, self.wanted, self.warnings)
        try:
            table = self._arrow(chosen, strict=True)
        except (pa.ArrowInvalid, UnicodeDecodeError):
            return self._thorough(chosen)
        columns = {name: table[one].combine_chunks() for name, one in chosen.items()}
        given = given_from(columns, self.wanted, Lines(2), self.warnings)
        given.lines = _Exact(self, len(given.ids))
        return given

    def _arrow(
        self, chosen: dict[str, str], *, strict: bool, data: bytes | None = None
    ) -> pa.Table:
        whole = pa.int64() if self.wanted.whole_ids else pa.string()
        number = pa.string() if self.wanted.labels else pa.float64()
        kinds = {one: number if strict else pa.string() for one in chosen.values()}
        kinds[chosen[self.wanted.key]] = whole if strict else pa.string()
        source = io.BytesIO(data) if data is not None else str(self.file)
        encoding = (
            "utf8" if data is not None or self.encoding.startswith("utf-8") else self.encoding
        )
        return pc_csv.read_csv(
            source,
            pc_csv.ReadOptions(
                column_names=self.names, skip_rows=1, encoding=encoding, use_threads=strict
            ),
            pc_csv.ParseOptions(delimiter=self.separator, invalid_row_handler=None),
            pc_csv.ConvertOptions(
                column_types=kinds,
                include_columns=list(chosen.values()),
                null_values=EMPTY,
                strings_can_be_null=strict and not self.wanted.labels,
                decimal_point=self.decimal if strict else ".",
            ),
        )

    def _thorough(self, chosen: dict[str, str]) -> Given:
        """As text, with lines that have too many or too few columns set aside and named."""
        text = self.text()
        physical = text.splitlines()
        first = next((n for n, line in enumerate(physical) if line.strip()), 0)
        width = physical[first].count(self.separator)
        kept: list[int] = []
        ragged: list[int] = []
        for number, line in enumerate(physical[first + 1 :], start=first + 2):
            if not line.strip():
                continue
            plain = '"' not in line
            (kept if not plain or line.count(self.separator) == width else ragged).append(number)
        body = "\n".join([physical[first], *(physical[number - 1] for number in kept)])
        lines = Lines(0, np.array(kept, dtype=np.int64))
        try:
            table = self._arrow(chosen, strict=False, data=body.encode())
        except pa.ArrowInvalid as error:
            raise Invalid(
                f"{self.file} cannot be read as CSV ({str(error).splitlines()[0][:200]}); write it "
                "again with the columns that the sample submission has."
            ) from error
        columns = {name: table[one].combine_chunks() for name, one in chosen.items()}
        if self.decimal == ",":
            columns = {
                name: column if name == self.wanted.key else pc.replace_substring(column, ",", ".")
                for name, column in columns.items()
            }
        given = given_from(columns, self.wanted, lines, self.warnings)
        if ragged:
            text = f"Lines with other than {width + 1} columns"
            numbers = Lines(0, np.array(ragged))
            given.errors.insert(0, finding("line", text, np.arange(len(ragged)), numbers, []))
        return given

    def text(self) -> str:
        """The whole file as text, whatever its encoding."""
        raw = self.file.read_bytes()
        try:
            return raw.decode(self.encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            if not any(one.kind == "encoding" for one in self.warnings):
                text = "The file is not UTF-8; it was read as Windows-1252."
                self.warnings.append(Finding("encoding", text))
            return raw.decode("cp1252", "replace")


class _Exact(Lines):
    """Line numbers of a file that was read the quick way: looked up only if they are asked for."""

    def __init__(self, file: CsvFile, rows: int) -> None:
        super().__init__()
        object.__setattr__(self, "_source", file)
        object.__setattr__(self, "_rows", rows)

    def of(self, rows: Numbers) -> tuple[int, ...]:
        """The lines of the first few of ``rows``, blank ones counted."""
        source: CsvFile = self.__dict__["_source"]
        numbers = [n for n, line in enumerate(source.text().splitlines(), start=1) if line.strip()]
        if len(numbers) != self.__dict__["_rows"] + 1:  # line breaks inside quotes
            return super().of(rows)
        return tuple(numbers[1 + int(row)] for row in np.asarray(rows)[:5])
