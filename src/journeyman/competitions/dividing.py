"""Sets the test rows of a table apart: temporal, by group or by chance, public and private."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from journeyman.competitions import templates
from journeyman.errors import Invalid

TEST_SHARE = 0.3
_DRAWS = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """Train, test and solution before they are written."""

    train: pd.DataFrame
    test: pd.DataFrame
    solution: pd.DataFrame
    remarks: tuple[str, ...] = field(default=())

    def tables(self) -> dict[str, pd.DataFrame]:
        """The three by their names."""
        return {"train": self.train, "test": self.test, "solution": self.solution}


def parse_split(text: str, frame: pd.DataFrame) -> tuple[str, str]:
    """``temporal:date`` as kind and column.

    Raises:
        Invalid: it is no such thing, or the column is not there.
    """
    kind, _, column = text.partition(":")
    if kind not in templates.WHY or (kind == "random") != (column == ""):
        raise Invalid(
            f"The split {text[:60]!r} is not known; use temporal:COLUMN, group:COLUMN or random."
        )
    if column and column not in frame:
        names = ", ".join(map(str, frame.columns[:12]))
        raise Invalid(f"There is no column {column!r} to split by; there are {names}.")
    return kind, column


def id_name(frame: pd.DataFrame) -> str:
    """A name for the id column that the table does not have."""
    return next(name for name in ("id", "row_id", "competition_row_id") if name not in frame)


def divide(frame: pd.DataFrame, target: str, public_share: float, kind: str, column: str) -> Parts:
    """Set the test rows apart, and the public part of them, by the same rule.

    Temporal: the latest rows are the test, and of them the earlier ones are public; rows of one
    instant stay together. Group: whole groups. Ids are drawn, so that they tell nothing.

    Raises:
        Invalid: the column has too few instants or groups.
    """
    rng = np.random.default_rng(secrets.randbits(63))
    if kind == "temporal":
        place, remarks = _moments(frame[column], column)
        known = np.isfinite(place)
        frame, place = frame[known].reset_index(drop=True), place[known]
    else:
        remarks = ()
        units = frame[column].astype(str).to_numpy() if kind == "group" else np.arange(len(frame))
        names, codes = np.unique(units, return_inverse=True)
        place = _drawn(codes, len(names), public_share, rng)
    first_test, first_private = _bounds(place, public_share)
    later = place >= first_test
    usage = np.where(place[later] < first_private, "public", "private")
    if not _usable(later, usage):
        raise Invalid(f"{column or 'The table'} has too few different values to split it by.")
    key = id_name(frame)
    frame = frame.copy()
    frame.insert(0, key, rng.permutation(len(frame)) + 1)
    order = rng.permutation(int(later.sum()))
    test = frame[later].iloc[order].reset_index(drop=True)
    solution = test[[key, target]].assign(usage=usage[order])
    return Parts(frame[~later].reset_index(drop=True), test.drop(columns=target), solution, remarks)


def _usable(later: np.ndarray[Any, Any], usage: np.ndarray[Any, Any]) -> bool:
    """Whether there are training rows, public and private ones."""
    return bool(later.any()) and not later.all() and len(set(usage)) == 2


def _drawn(
    codes: np.ndarray[Any, Any], groups: int, public_share: float, rng: np.random.Generator
) -> np.ndarray[Any, Any]:
    """An order of the groups: of few and unequal ones some orders leave a part empty."""
    place = codes.astype(float)
    for _ in range(_DRAWS):
        place = rng.permutation(groups)[codes].astype(float)
        first_test, first_private = _bounds(place, public_share)
        later = place >= first_test
        if _usable(later, np.where(place[later] < first_private, "public", "private")):
            break
    return place


def _moments(column: pd.Series, name: str) -> tuple[np.ndarray[Any, Any], tuple[str, ...]]:
    """Instants as numbers; NaN where there is none."""
    if pd.api.types.is_numeric_dtype(column):
        found = column.to_numpy(dtype=float)
    else:
        moments = pd.to_datetime(column, errors="coerce", utc=True, format="mixed")
        found = moments.astype("int64").to_numpy().astype(float)
        found[moments.isna().to_numpy()] = np.nan
    missing = int(np.isnan(found).sum())
    if missing > len(found) / 2:
        raise Invalid(f"The column {name!r} holds no dates or numbers to order the rows by.")
    if missing:
        return found, (f"{missing:,} rows without a readable {name} were left out.",)
    return found, ()


def _bounds(place: np.ndarray[Any, Any], public_share: float) -> tuple[float, float]:
    """Where the test begins and where its private part begins."""
    ordered = np.sort(place)
    first = ordered[int(len(ordered) * (1 - TEST_SHARE))]
    tested = ordered[ordered >= first]
    private = tested[min(int(len(tested) * public_share), len(tested) - 1)]
    if private == first:  # one large group or instant would leave nothing public
        private = min(tested[tested > first], default=first)
    return float(first), float(private)
