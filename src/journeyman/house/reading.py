"""From a table as people keep it to numbers, categories and texts that models can take.

What is decided here looks at the columns of the training rows only, never at the target, so it is
the same in every fold; what looks at the target is fitted inside each fold (`encoding.py`).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from journeyman.errors import Invalid

Role = Literal["number", "category", "date", "text", "left out"]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]

SAMPLE = 2_000
"""Cells looked at to decide what a column of strings holds."""
WORDS = 4.0
"""Strings of more words than this on average, and mostly different, are text."""
ENOUGH = 0.95
"""The share of strings that must read as numbers or dates for the column to be taken so."""


@dataclass(frozen=True)
class Column:
    """What one column of the table is taken for, and why."""

    name: str
    role: Role
    why: str
    values: tuple[str, ...] = ()
    clock: bool = False

    def to_json(self) -> dict[str, Any]:
        """Name, role and reason as plain data."""
        return {"name": self.name, "role": self.role, "why": self.why}


@dataclass(frozen=True)
class Cells:
    """A table as arrays: rows are the same in all three.

    Attributes:
        numbers: shape (n, p), NaN where missing.
        codes: shape (n, q), -1 where missing or never seen in training.
        texts: one list of n strings a text column.
    """

    numbers: Floats
    codes: Codes
    texts: tuple[tuple[str, ...], ...]

    def rows(self, index: npt.NDArray[np.intp]) -> Cells:
        """Only these rows."""
        texts = tuple(tuple(column[i] for i in index) for column in self.texts)
        return Cells(self.numbers[index], self.codes[index], texts)

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True)
class Reader:
    """Reads any table with the columns that it was made from.

    >>> table = pd.DataFrame({"rooms": [1, 2, 3], "street": ["a", "b", "a"], "same": [0, 0, 0]})
    >>> reader = Reader.of(table)
    >>> [(column.name, column.role) for column in reader.columns]
    [('rooms', 'number'), ('street', 'category'), ('same', 'left out')]
    >>> reader.read(table).codes.ravel().tolist()
    [0, 1, 0]
    """

    columns: tuple[Column, ...]
    numbers: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, table: pd.DataFrame) -> Reader:
        """Decide what each column is.

        Raises:
            Invalid: two columns have one name, or nothing in the table varies.
        """
        names = [str(name) for name in table.columns]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise Invalid(f"The table has two columns named {twice[0]!r}; rename one of them.")
        columns = tuple(
            _column(name, table.iloc[:, position]) for position, name in enumerate(names)
        )
        if all(column.role == "left out" for column in columns):
            raise Invalid("No column varies, so there is nothing to learn from; check the table.")
        numbers = tuple(name for column in columns for name in _number_names(column))
        return cls(columns, numbers)

    @property
    def categories(self) -> tuple[Column, ...]:
        """The categorical columns in the order of ``Cells.codes``."""
        return tuple(column for column in self.columns if column.role == "category")

    def read(self, table: pd.DataFrame) -> Cells:
        """The table as arrays.

        Raises:
            Invalid: a column that the models were trained on is missing.
        """
        by_name = {str(name): position for position, name in enumerate(table.columns)}
        used = [column for column in self.columns if column.role != "left out"]
        missing = [column.name for column in used if column.name not in by_name]
        if missing:
            raise Invalid(
                f"The table lacks {len(missing)} column(s) that the models were trained on, "
                f"first {missing[0]!r}; give a table with the same columns."
            )
        series = {column.name: table.iloc[:, by_name[column.name]] for column in used}
        numbers = [part for c in used for part in _numbers(c, series[c.name])]
        codes = [_codes(c, series[c.name]) for c in used if c.role == "category"]
        texts = tuple(
            tuple(_strings(series[c.name]).fillna("").tolist()) for c in used if c.role == "text"
        )
        rows = len(table)
        return Cells(
            np.column_stack(numbers) if numbers else np.empty((rows, 0)),
            np.column_stack(codes) if codes else np.empty((rows, 0), dtype=np.int32),
            texts,
        )


def _column(name: str, column: pd.Series[Any]) -> Column:
    """Decide the role of one column."""
    present = column.dropna()
    if present.empty:
        return Column(name, "left out", "it is empty")
    if pd.api.types.is_datetime64_any_dtype(column):
        return Column(name, "date", "it holds instants", clock=_has_clock(present))
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        if present.nunique() < 2 and len(present) == len(column):
            return Column(name, "left out", "it never varies")
        return Column(name, "number", "it holds numbers")
    return _strings_column(name, column, _strings(present))


def _strings_column(name: str, column: pd.Series[Any], present: pd.Series[Any]) -> Column:
    different = present.nunique()
    if different < 2 and len(present) == len(column):
        return Column(name, "left out", "it never varies")
    sample = present.sample(min(SAMPLE, len(present)), random_state=0)
    if _parses(pd.to_numeric(sample, errors="coerce")):
        return Column(name, "number", "its strings read as numbers")
    digits = sample.str.contains(r"\d", regex=True).mean() > ENOUGH
    # Reading odd strings as dates is slow, so a few of them are asked first.
    if digits and _parses(_dates(sample.head(40))) and _parses(_dates(sample)):
        dates = _dates(sample).dropna()
        return Column(name, "date", "its strings read as dates", clock=_has_clock(dates))
    mostly_different = different > 0.5 * len(present)
    if mostly_different and (sample.str.count(r"\s") + 1).mean() > WORDS:
        return Column(name, "text", "its strings are long and mostly different")
    if different > 0.95 * len(present) and len(present) > 50:
        return Column(name, "left out", "nearly every row has a value of its own, as an id has")
    values = tuple(str(value) for value in present.value_counts().sort_index().index)
    return Column(name, "category", f"it holds {len(values)} different values", values)


def _strings(column: pd.Series[Any]) -> pd.Series[Any]:
    """Any objects as strings, missing ones kept missing."""
    return column.where(column.isna(), column.astype(str)).astype("string")


def _parses(parsed: pd.Series[Any]) -> bool:
    return bool(parsed.notna().mean() > ENOUGH)


def _dates(strings: pd.Series[Any]) -> pd.Series[Any]:
    """Strings as instants where they read so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas says when it falls back to one guess a cell
        try:
            found = pd.to_datetime(strings, errors="coerce", utc=True, format="mixed")
        except (ValueError, TypeError, OverflowError):
            return pd.Series(pd.NaT, index=strings.index)
    return found


def instants(column: pd.Series[Any]) -> pd.Series[Any]:
    """Any column as instants, missing where a cell does not read as one."""
    return _dates(_strings(column))


def _has_clock(dates: pd.Series[Any]) -> bool:
    return bool((dates.dt.hour != 0).any() or (dates.dt.minute != 0).any())


def _number_names(column: Column) -> tuple[str, ...]:
    if column.role == "number":
        return (column.name,)
    if column.role == "date":
        parts: tuple[str, ...] = ("day", "year", "month", "day of the month", "weekday")
        parts = (*parts, "hour") if column.clock else parts
        return tuple(f"{column.name}: {part}" for part in parts)
    return ()


def _numbers(column: Column, values: pd.Series[Any]) -> list[Floats]:
    """The numeric columns that one column gives."""
    if column.role == "number":
        numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        return [np.where(np.isfinite(numbers), numbers, np.nan)]
    if column.role != "date":
        return []
    dates = values if pd.api.types.is_datetime64_any_dtype(values) else _dates(_strings(values))
    start = pd.Timestamp("2000-01-01", tz=dates.dt.tz)
    days = (dates - start) / pd.Timedelta(days=1)
    moment = dates.dt
    parts = [days, moment.year, moment.month, moment.day, moment.day_of_week]
    if column.clock:
        parts.append(moment.hour + moment.minute / 60)
    return [part.to_numpy(dtype=float, na_value=np.nan) for part in parts]


def _codes(column: Column, values: pd.Series[Any]) -> Codes:
    strings = pd.Index(_strings(values).astype(object))
    places = pd.Index(column.values, dtype=object).get_indexer(strings)
    return np.asarray(places, dtype=np.int32)
