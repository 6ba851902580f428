"""The bundle that is reviewed, and a numeric view of its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman.errors import Invalid

Array = NDArray[Any]
LARGEST = 1e30
MOST_ROWS = 4_000
"""Checks that compare rows or fit models work on a seeded sample of at most this many."""

_ID = re.compile(
    r"(^|_)(id|index|idx|uuid|key|row|rowid|number|no|nr|num|code|ticket|case|record|"
    r"serial)($|_)|id$|^unnamed",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"birth|(^|_)(dob|born)($|_)", re.IGNORECASE)


@dataclass(frozen=True)
class Bundle:
    """What there is to review; everything but ``train`` may be missing.

    Attributes:
        train: The training rows, or the whole table where ``test`` is None.
        target: Name of the target column; empty where it is not known.
        ids, times, groups: Declared columns.
        predictions: One row a test row, in order: ``truth`` and ``prediction`` or ``probability``.
            Further columns whose names end in ``_prediction`` or ``_probability`` are other models.
        held_out: Predictions on validation rows in the same form.
        metric: The metric that is reported, such as ``accuracy``.
        threshold: The cut-off that turns probabilities into decisions.
        reported: The reported value of ``metric``.
        runs: The log: one row a run.
        claims: Sentences that claim something (from README or report).
        told_tables: The tables of the same texts, in Markdown.
        sources: Code, by file name.
        passed_over: Why a file was not read, by its name.
        names: File names of train, test, predictions, runs and claims, for the places of findings.
    """

    train: pd.DataFrame | None = None
    test: pd.DataFrame | None = None
    valid: pd.DataFrame | None = None
    target: str = ""
    ids: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    predictions: pd.DataFrame | None = None
    held_out: pd.DataFrame | None = None
    metric: str = ""
    threshold: float | None = None
    reported: float | None = None
    runs: pd.DataFrame | None = None
    claims: tuple[str, ...] = ()
    told_tables: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    passed_over: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.target and self.train is not None and self.target not in self.train:
            raise Invalid(
                f"There is no column “{self.target}” in the training table; it has "
                f"{', '.join(map(str, self.train.columns[:12]))}."
            )

    @cached_property
    def tables(self) -> Tables | None:
        """The numeric view; None without a table."""
        if self.train is None or len(self.train) < 10 or self.train.shape[1] < 1:
            return None
        return Tables(self)

    @property
    def seen(self) -> tuple[str, ...]:
        """What there is to look at, in words."""
        sources = sum(name.endswith((".py", ".ipynb")) for name in self.sources)
        tables = {
            "train": self.train,
            "test": self.test,
            "predictions": self.predictions,
            "runs": self.runs,
        }
        return (
            f"{sources} source file{'' if sources == 1 else 's'}",
            *(
                f"{self.name(name) or name} ({len(table):,} rows)"
                for name, table in tables.items()
                if table is not None
            ),
        )

    def name(self, part: str) -> str:
        """The file that a part came from."""
        return self.names.get(part, "")


def looks_like_id(name: str, values: pd.Series) -> bool:
    """Whether a column numbers the rows: nearly all values differ, and name or density says so."""
    filled = values.dropna()
    if len(filled) < 20 or filled.nunique() < 0.98 * len(filled):
        return False
    numbers = as_numbers(filled)
    if numbers is None or not np.allclose(numbers, np.round(numbers)):
        return bool(_ID.search(name)) and not pd.api.types.is_float_dtype(values)
    span = numbers.max() - numbers.min()
    return bool(_ID.search(name)) or bool(span <= 3 * len(numbers)) or _drawn(numbers)


def _drawn(numbers: Array) -> bool:
    """Whether whole numbers of one length are spread evenly and never repeated, as ticket numbers.

    Measured against an even spread by Kolmogorov and Smirnov's statistic (5 in 1,000).
    """
    low, high = float(numbers.min()), float(numbers.max())
    if low < 10_000 or high > 1e15 or len(str(int(low))) != len(str(int(high))):
        return False
    if len(numbers) < 100 or len(np.unique(numbers)) < len(numbers):
        return False
    even = (np.sort(numbers) - low) / (high - low)
    return bool(np.abs(even - np.linspace(0, 1, len(even))).max() < 1.73 / np.sqrt(len(even)))


def as_numbers(values: pd.Series) -> Array | None:
    """Numbers, or the digits at the end of identifiers such as ``C0017``; None for all else."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values.to_numpy(float)
    if not pd.api.types.is_string_dtype(values):
        return None
    digits = values.astype("str").str.extract(r"(\d{1,15})\D*$")[0]
    return digits.to_numpy(float) if digits.notna().all() else None


class Tables:
    """Train and test as matrices, with the target coded and the columns' roles settled.

    Attributes:
        features: Columns that are neither target, time, text nor declared or evident identifiers.
        texts: Columns of free text.
        x, y: Train matrix (rows, features) with NaN for gaps, and target codes or values.
        x_test, y_test: The same for the test rows; ``y_test`` is None without labels.
        classes: How many classes; 0 for regression.
    """

    def __init__(self, bundle: Bundle) -> None:
        assert bundle.train is not None
        self.bundle = bundle
        self.train = _sample(bundle.train)
        self.test = None if bundle.test is None else _sample(bundle.test)
        self.target = bundle.target
        both = self.train if self.test is None else pd.concat([self.train, self.test])
        self.times = tuple(one for one in (bundle.times or guessed_times(both)) if one in both)
        self.groups = tuple(one for one in bundle.groups if one in both)
        columns = [str(one) for one in self.train.columns if one != self.target]
        if self.test is not None:
            columns = [one for one in columns if one in self.test]
        found = [one for one in columns if looks_like_id(one, both[one]) and one not in self.times]
        self.ids = tuple(dict.fromkeys([*(one for one in bundle.ids if one in columns), *found]))
        self.features = [
            one
            for one in columns
            if one not in {*self.ids, *self.times, *self.groups} and not _texts(both[one])
        ]
        self.texts = [
            one
            for one in columns
            if one not in {*self.ids, *self.times, *self.groups}
            and _texts(both[one])
            and pd.api.types.is_string_dtype(both[one].dropna())
        ]
        self.numeric = [
            one
            for one in self.features
            if pd.api.types.is_numeric_dtype(both[one])
            and not pd.api.types.is_bool_dtype(both[one])
        ]
        coded = pd.DataFrame({one: _codes(both[one]) for one in self.features}, index=both.index)
        cut = len(self.train)
        values = coded.to_numpy(float) if self.features else np.empty((len(both), 0))
        self.x, self.x_test = values[:cut], values[cut:]
        self._settle_target(both, cut)

    def _settle_target(self, both: pd.DataFrame, cut: int) -> None:
        self.classes = 0
        self.y: Array = np.empty(0)
        self.y_test: Array | None = None
        self.levels: list[str] = []
        if not self.target:
            return
        column = both[self.target]
        distinct = column.nunique(dropna=True)
        number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        whole = number and np.allclose(column.dropna() % 1, 0)
        if not number or distinct <= 2 or (whole and distinct <= 12):
            codes, levels = pd.factorize(column, sort=True)
            values = np.where(codes < 0, np.nan, codes.astype(float))
            self.classes, self.levels = max(len(levels), 1), [str(one) for one in levels]
        else:
            values = _finite(column.to_numpy(float))
        self.y = values[:cut]
        labelled = self.test is not None and self.target in self.test
        self.y_test = values[cut:] if labelled else None

    @property
    def usable(self) -> bool:
        """Whether there is a target with something to tell."""
        return len(self.y) > 0 and len(self.features) > 0 and len(np.unique(self.y)) > 1

    @property
    def follows(self) -> bool:
        """Whether the test rows come after the training rows in time: neighbours may be alike."""
        if self.test is None or not self.times or self.times[0] not in self.test:
            return False
        parts = [moments_of(one[self.times[0]]) for one in (self.train, self.test)]
        return bool(parts[0].quantile(0.98) <= parts[1].quantile(0.02))

    def column(self, name: str) -> Array:
        """The coded training column."""
        values: Array = self.x[:, self.features.index(name)]
        return values


def _sample(table: pd.DataFrame) -> pd.DataFrame:
    table = table.loc[:, ~table.columns.duplicated()].rename(columns=str)
    if len(table) <= MOST_ROWS * 5:
        return table.reset_index(drop=True)
    return table.sample(MOST_ROWS * 5, random_state=0).sort_index().reset_index(drop=True)


def _texts(values: pd.Series) -> bool:
    """Free text, or pictures and sounds as bytes: nearly every value differs."""
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return False
    filled = values.dropna()
    if len(filled) and isinstance(filled.iloc[0], bytes | bytearray | memoryview):
        return True
    filled = filled.astype(str)
    return len(filled) > 0 and filled.nunique() > 0.8 * len(filled)


def _codes(values: pd.Series) -> Array:
    if pd.api.types.is_bool_dtype(values):
        return values.astype(float).to_numpy(float)
    if pd.api.types.is_numeric_dtype(values):
        return _finite(values.to_numpy(float, na_value=np.nan))
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.astype("int64").to_numpy(float)
    codes, _ = pd.factorize(values, sort=True)
    return np.where(codes < 0, np.nan, codes.astype(float))


def _finite(values: Array) -> Array:
    """Infinite values are gaps; numbers beyond what models compute with are cut off."""
    kept: Array = np.where(np.isfinite(values), np.clip(values, -LARGEST, LARGEST), np.nan)
    return kept


def moments_of(values: pd.Series) -> pd.Series:
    """Dates and numbers as numbers that grow with time; unreadable ones are missing."""
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(float)
    moments = pd.to_datetime(values, errors="coerce", format="mixed", utc=True)
    return moments.astype("int64").astype(float).where(moments.notna())


def guessed_times(table: pd.DataFrame) -> tuple[str, ...]:
    """Columns that hold dates: datetimes, or text of which nearly all parses as ISO-like dates."""
    found = []
    for name in table.columns:
        values = table[name]
        if _BIRTH.search(str(name)):  # says who somebody is, not when the row came about
            continue
        if pd.api.types.is_datetime64_any_dtype(values):
            found.append(str(name))
        elif pd.api.types.is_string_dtype(values) and len(values):
            head = values.dropna().head(50).astype(str)
            if len(head) and head.str.match(r"^\d{4}-\d{1,2}-\d{1,2}([ T].*)?$").mean() > 0.95:
                found.append(str(name))
    return tuple(found)
