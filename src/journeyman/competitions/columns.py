"""The columns of a submission, whatever file they came from: names matched, values typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from journeyman.competitions.finding import Finding, finding
from journeyman.errors import Invalid
from journeyman.scoring.metric import Numbers

EMPTY = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "#N/A", "<NA>"]


@dataclass(eq=False)
class Given:
    """What a file holds, before it is compared with anything.

    Attributes:
        ids: The id column as text or whole numbers, null where it is empty.
        columns: The prediction columns by name: numbers with NaN where nothing can be read, or
            text for labels.
        lines: The line of the file that each row stands in.
        errors, warnings: What was found while reading.
    """

    ids: pa.Array
    columns: dict[str, Numbers | pa.Array]
    lines: Lines
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Lines:
    """From rows to lines of the file (or rows, in Parquet), both counted from 1."""

    first: int = 2
    exact: Numbers | None = None

    def of(self, rows: Numbers) -> tuple[int, ...]:
        """The lines of the first few of ``rows``."""
        chosen = np.asarray(rows)[:5]
        found = chosen + self.first if self.exact is None else self.exact[chosen]
        return tuple(int(line) for line in found)


@dataclass(frozen=True)
class Wanted:
    """What a submission has to hold: the id column, the prediction columns, and of which kind."""

    key: str
    columns: Sequence[str]
    whole_ids: bool
    labels: bool


def header(wanted: Wanted) -> str:
    """The first line that a file should have."""
    return ",".join((wanted.key, *wanted.columns))


def choose(names: Sequence[str], wanted: Wanted, warnings: list[Finding]) -> dict[str, str]:
    """Which column of the file is meant by each that is wanted.

    Raises:
        Invalid: one is missing or stands there twice.
    """
    found: dict[str, str] = {}
    for name in (wanted.key, *wanted.columns):
        alike = [one for one in names if one == name]
        if not alike:
            alike = [one for one in names if _plain(one) == _plain(name)]
            if len(alike) == 1:
                text = f"The column {alike[0]!r} was read as {name!r}."
                warnings.append(Finding("column name", text))
        if len(alike) > 1:
            raise Invalid(f"The column {name!r} stands there {len(alike)} times; keep one.")
        if alike:
            found[name] = alike[0]
    lacking = [name for name in (wanted.key, *wanted.columns) if name not in found]
    if lacking:
        shown = ", ".join(repr(name[:40]) for name in names[:8]) or "none"
        raise Invalid(
            f"The file lacks the column{'s' if len(lacking) > 1 else ''} "
            f"{', '.join(map(repr, lacking))}: its columns are {shown}; the first line should be "
            f"{header(wanted)}."
        )
    further = [name for name in names if name not in found.values()]
    if further:
        text = f"Other columns were ignored: {', '.join(repr(one[:40]) for one in further[:5])}."
        warnings.append(Finding("further columns", text, len(further)))
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_\"'\ufeff-]+", "", name).casefold()


def given_from(
    columns: dict[str, pa.Array], wanted: Wanted, lines: Lines, warnings: list[Finding]
) -> Given:
    """Typed columns from Arrow ones of any type."""
    errors: list[Finding] = []
    ids = _ids(columns[wanted.key], wanted, lines, errors, warnings)
    found: dict[str, Numbers | pa.Array] = {}
    for name in wanted.columns:
        column = columns[name]
        if wanted.labels:
            found[name] = label_text(column)
        else:
            found[name] = _numbers(name, column, lines, errors)
    return Given(ids, found, lines, errors, warnings)


def label_text(column: pa.Array) -> pa.Array:
    """Labels as text: ``3.0`` and ``3`` are one label, and so are ``True`` and ``true``."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        whole = pc.equal(column, pc.floor(column))
        if pc.all(pc.fill_null(whole, True)).as_py():
            column = pc.cast(column, pa.int64(), safe=False)
    text = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    text = pc.replace_substring_regex(text, r"^(-?\d+)\.0+$", r"\1")
    lower = pc.utf8_lower(text)
    truth_value = pc.is_in(lower, pa.array(["true", "false"]))
    return pc.if_else(truth_value, lower, text)


def _ids(
    column: pa.Array,
    wanted: Wanted,
    lines: Lines,
    errors: list[Finding],
    warnings: list[Finding],
) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not wanted.whole_ids:
        if pa.types.is_string(column.type):
            return column
        return pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    if pa.types.is_integer(column.type):
        return pc.cast(column, pa.int64(), safe=False)
    numbers = _floats(column)
    whole = np.isfinite(numbers) & (numbers == np.floor(numbers)) & (np.abs(numbers) < 2**53)
    bad = np.flatnonzero(~whole)
    if len(bad):
        examples = [str(one)[:40] for one in column.take(pa.array(bad[:3])).to_pylist()]
        errors.append(finding("id", "Ids that are no whole numbers", bad, lines, examples))
    if pa.types.is_floating(column.type) or _has_points(column):
        warnings.append(Finding("ids", "The ids are written as decimals; 12.0 was read as 12."))
    return pa.array(np.where(whole, numbers, 0).astype(np.int64), mask=~whole)


def _has_points(column: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring(pc.cast(column, pa.string()), ".")).as_py())


def _floats(column: pa.Array) -> Numbers:
    """Numbers, NaN where there is none to be read."""
    found: Numbers
    if pa.types.is_null(column.type):
        return np.full(len(column), np.nan)
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        found = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
        return found
    if pa.types.is_boolean(column.type):
        found = pc.cast(pc.cast(column, pa.int8()), pa.float64()).to_numpy(zero_copy_only=False)
        return found
    text = pd.Series(pc.cast(column, pa.string()).to_pandas(), dtype="object")
    return pd.to_numeric(text.str.strip(), errors="coerce").to_numpy(dtype=np.float64)


def _numbers(name: str, column: pa.Array, lines: Lines, errors: list[Finding]) -> Numbers:
    found = np.array(_floats(column))  # Arrow's own memory cannot be written
    if pa.types.is_string(column.type):
        text = pc.fill_null(pc.utf8_trim_whitespace(column), "")
        empty = pc.is_in(text, pa.array(EMPTY)).to_numpy(zero_copy_only=False)
        odd = np.flatnonzero(np.isnan(found) & ~empty)
        if len(odd):
            examples = [one[:40] for one in text.take(pa.array(odd[:3])).to_pylist()]
            errors.append(finding("type", f"Values of {name!r} that are no number", odd, lines,
                                  examples))  # fmt: skip
            found[odd] = 0.0  # named already: not to be named again as an empty one
    return found
