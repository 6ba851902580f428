"""Explaining by rows: the nearest training examples, and the smallest change that decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from journeyman.errors import Invalid
from journeyman.house.importance import Predict
from journeyman.house.reading import Floats
from journeyman.house.relation import Space, as_plain

VALUES = 12
BEAM = 10
SHRUNK = 8
"""So many of the nearest rows that reach the wish are refined and judged."""
USUAL = 0.95
"""A made-up row is plausible if it is as near to a real one as 95 % of real rows are."""


@dataclass(frozen=True, slots=True)
class Example:
    """A training row that is like the explained one.

    Attributes:
        row: its position in the training table.
        distance: from 0 (equal) to 1, mean over columns (Gower).
        differs: the columns that make up most of the distance, largest first.
        target: what was true for it.
    """

    row: int
    distance: float
    differs: tuple[str, ...]
    target: Any

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "row": self.row, "distance": self.distance, "differs": list(self.differs),
            "target": as_plain(self.target),
        }  # fmt: skip


def nearest_examples(
    row: pd.DataFrame, table: pd.DataFrame, target: Sequence[Any], *, count: int = 5
) -> tuple[Example, ...]:
    """The training rows most like one row, nearest first.

    They are near by their columns, each counting alike; the model may weigh columns otherwise.

    Args:
        row: a table of one row.
        table: training rows.
        target: theirs.
        count: how many.

    Raises:
        Invalid: the row is not one row, or the target does not fit.
    """
    if len(row) != 1 or len(target) != len(table):
        raise Invalid("Give one row, and as many targets as training rows.")
    space = Space.of(table)
    parts = space.parts(row)
    distance = parts.mean(axis=1)
    values = list(target)
    found = []
    for index in np.argsort(distance, kind="stable")[:count]:
        order = np.argsort(-parts[index], kind="stable")[:3]
        differs = tuple(space.names[place] for place in order if parts[index, place] > 0)
        found.append(Example(int(index), float(distance[index]), differs, values[index]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Change:
    """One column, as it is and as it would have to be."""

    column: str
    before: Any
    after: Any

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "column": self.column,
            "before": as_plain(self.before),
            "after": as_plain(self.after),
        }


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The smallest plausible change that was found.

    Attributes:
        changes: empty if none was found.
        before, after: the predictions.
        distance: of the changed row from the row, as in :class:`Example`.
        plausible: the changed row is as near to a real row as real rows are to one another.
        tried: how many changed rows were predicted.
        text: one or two sentences for people, the warning included.
    """

    changes: tuple[Change, ...]
    before: float
    after: float
    distance: float
    plausible: bool
    tried: int
    text: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "changes": [one.to_json() for one in self.changes]}


@dataclass(frozen=True)
class _Candidate:
    row: tuple[Any, ...]
    changed: tuple[int, ...]
    said: float = 0.0
    distance: float = 0.0


def counterfactual(
    predict: Predict,
    row: pd.DataFrame,
    table: pd.DataFrame,
    *,
    reaches: Callable[[float], bool],
    fixed: Sequence[str] = (),
    most: int = 3,
) -> Counterfactual:
    """The smallest plausible change of one row after which the prediction is as wished.

    Values are taken from the training rows, up to ``most`` columns change at once, fewer first
    (Wachter et al. 2017 for the idea, Guidotti 2022 for what makes one usable); a number is then
    moved back towards what it was as far as the wish allows.

    Args:
        predict: one number a row.
        row: a table of one row.
        table: training rows: what is plausible, and which values there are.
        reaches: whether a prediction is as wished.
        fixed: columns that cannot change (age, origin).
        most: columns that may change together, 1 to 3.

    Raises:
        Invalid: the row is not one row, or its prediction is as wished already.
    """
    if len(row) != 1 or list(row.columns) != list(table.columns) or most not in {1, 2, 3}:
        raise Invalid("Give one row with the columns of the training rows, and 1 to 3 changes.")
    unknown = sorted(set(fixed) - {str(name) for name in table.columns})
    if unknown:
        raise Invalid(f"There is no column {unknown[0]!r} to keep fixed.")
    search = _Search(predict, row, table, reaches, tuple(fixed))
    if reaches(search.before):
        raise Invalid(f"The prediction {search.before:.4g} is as wished already.")
    return search.go(most)


class _Search:
    def __init__(
        self,
        predict: Predict,
        row: pd.DataFrame,
        table: pd.DataFrame,
        reaches: Callable[[float], bool],
        fixed: tuple[str, ...],
    ) -> None:
        self.predict, self.row, self.table, self.reaches = predict, row, table, reaches
        self.before = self._say([tuple(row.to_numpy(dtype=object)[0])])[0]
        self.space = Space.of(table)
        self.free = [i for i, name in enumerate(table.columns) if str(name) not in fixed]
        self.values = {i: _values(table.iloc[:, i]) for i in self.free}
        self.usual = self._usual()
        self.tried = 0

    def go(self, most: int) -> Counterfactual:
        beam = [_Candidate(tuple(self.row.to_numpy(dtype=object)[0]), (), self.before)]
        fallback: _Candidate | None = None
        for _ in range(most):
            made = self._grow(beam)
            reached = sorted((c for c in made if self.reaches(c.said)), key=lambda c: c.distance)
            for candidate in reached[:SHRUNK]:
                smaller = self._shrink(candidate)
                if self._plausible(smaller):
                    return self._told(smaller, plausible=True)
                fallback = fallback or smaller
            beam = self._closest(made)
        if fallback is not None:
            return self._told(fallback, plausible=False)
        text = (
            f"No change of up to {most} columns to values seen in training was found; that is no "
            "proof that there is none."
        )
        return Counterfactual((), self.before, self.before, 0.0, False, self.tried, text)

    def _grow(self, beam: list[_Candidate]) -> list[_Candidate]:
        """Every candidate with one more column changed, predicted in one call."""
        made = [
            _Candidate((*one.row[:i], value, *one.row[i + 1 :]), (*one.changed, i))
            for one in beam
            for i in self.free
            if i not in one.changed
            for value in self.values[i]
            if not _same(value, one.row[i])
        ]
        if not made:
            return []
        self.tried += len(made)
        said = self._say([one.row for one in made])
        apart = self._apart([one.row for one in made])
        return [
            replace(one, said=float(s), distance=float(d))
            for one, s, d in zip(made, said, apart, strict=True)
        ]

    def _closest(self, made: list[_Candidate]) -> list[_Candidate]:
        """Those whose prediction moved most for the change, in either direction it may help."""
        up = sorted(made, key=lambda c: -(c.said - self.before) / (0.02 + c.distance))
        down = sorted(made, key=lambda c: (c.said - self.before) / (0.02 + c.distance))
        return [*up[:BEAM], *down[:BEAM]]

    def _shrink(self, candidate: _Candidate) -> _Candidate:
        """Move each changed number back as far as the wish allows (bisection)."""
        for i in candidate.changed:
            column = self.table.iloc[:, i]
            old: Any = self.row.iloc[0, i]
            if not pd.api.types.is_numeric_dtype(column) or pd.isna(old) or column.nunique() < 8:
                continue
            whole = pd.api.types.is_integer_dtype(column)
            near, far = float(old), float(candidate.row[i])
            for _ in range(8):
                middle = (near + far) / 2
                value = round(middle) if whole else middle
                changed = (*candidate.row[:i], value, *candidate.row[i + 1 :])
                said = float(self._say([changed])[0])
                self.tried += 1
                if self.reaches(said):
                    far = middle
                    apart = float(self._apart([changed])[0])
                    candidate = replace(candidate, row=changed, said=said, distance=apart)
                else:
                    near = middle
        return candidate

    def _say(self, rows: list[tuple[Any, ...]]) -> Floats:
        return np.asarray(self.predict(self._frame(rows)), dtype=float).ravel()

    def _frame(self, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
        made = pd.DataFrame(rows, columns=self.table.columns)
        for name in self.table.columns:
            kind = self.table[name].dtype
            # A whole-number column takes a missing or broken number only as a float.
            whole = pd.api.types.is_integer_dtype(kind) and made[name].isna().any()
            made[name] = made[name].astype(float if whole else kind)
        return made

    def _apart(self, rows: list[tuple[Any, ...]]) -> Floats:
        cells = self.space.reader.read(self._frame(rows))
        moved = replace(self.space, numbers=cells.numbers, codes=cells.codes)
        return moved.distance(self.row)

    def _usual(self) -> float:
        """How far real rows are from the nearest other real row."""
        sample = self.table.sample(min(60, len(self.table)), random_state=0)
        found = []
        for place in range(len(sample)):
            distance = np.sort(self.space.distance(sample.iloc[[place]]))
            found.append(distance[min(1, len(distance) - 1)])
        return float(np.quantile(found, USUAL))

    def _plausible(self, candidate: _Candidate) -> bool:
        nearest = float(self.space.distance(self._frame([candidate.row])).min())
        return nearest <= self.usual + 1e-9

    def _told(self, candidate: _Candidate, *, plausible: bool) -> Counterfactual:
        old = tuple(self.row.to_numpy(dtype=object)[0])
        names = [str(name) for name in self.table.columns]
        changes = tuple(
            Change(names[i], old[i], candidate.row[i]) for i in sorted(candidate.changed)
        )
        said = ", ".join(f"{c.column} {as_plain(c.before)} to {as_plain(c.after)}" for c in changes)
        text = (
            f"With {said} the prediction would be {candidate.said:.4g} instead of "
            f"{self.before:.4g}. It says what moves the model, not what would happen in the world."
        )
        if not plausible:
            text += " The changed row is unlike any real one, so take it with care."
        return Counterfactual(
            changes, self.before, candidate.said, candidate.distance, plausible, self.tried, text
        )


def _values(column: pd.Series[Any]) -> list[Any]:
    """Values to try: quantiles of a number, the most frequent of a category."""
    present = column.dropna()
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if number and present.nunique() > VALUES:
        found = present.quantile(np.linspace(0.02, 0.98, VALUES), interpolation="nearest")
        return list(dict.fromkeys(found.tolist()))
    return list(present.value_counts().index[:VALUES])


def _same(one: Any, two: Any) -> bool:
    return bool((pd.isna(one) and pd.isna(two)) or one == two)
