"""How predictions move with one column, and where that picture leaves the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from journeyman.errors import Invalid
from journeyman.house.importance import Predict
from journeyman.house.reading import Floats
from journeyman.house.relation import RELATED, as_plain, association

ROWS = 400
UNSEEN = 0.2
"""From this share of rows that no training row is like on, the curve is called a guess."""
BINS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """The prediction when every row has this value.

    Attributes:
        value: of the column.
        mean: over rows, with a 95 % interval; ``few`` and ``many`` hold 80 % of single rows.
        unseen: share of rows that would be unlike every real row in the related columns.
    """

    value: Any
    mean: float
    low: float
    high: float
    few: float
    many: float
    unseen: float

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "value": as_plain(self.value)}


@dataclass(frozen=True, slots=True)
class Dependence:
    """Partial dependence of one column (Friedman 2001).

    Attributes:
        spread: how much single rows deviate in shape from the mean curve (0: all parallel); where
            it is near or above 1 the mean hides interactions.
    """

    column: str
    points: tuple[Point, ...]
    spread: float
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data; ``points`` is what a chart needs."""
        return {
            "column": self.column,
            "points": [point.to_json() for point in self.points],
            "spread": self.spread,
            "warnings": list(self.warnings),
        }


def partial_dependence(
    predict: Predict,
    table: pd.DataFrame,
    column: str,
    *,
    grid: int = 15,
    seed: int = 0,
) -> Dependence:
    """The mean prediction as one column moves and all others stay.

    Args:
        predict: one number a row.
        table: rows to average over; 400 of them at random are used.
        column: its name.
        grid: values to try: quantiles of a number, the most frequent categories.
        seed: of the sample.

    Raises:
        Invalid: there is no such column, or it does not vary.
    """
    if column not in table.columns:
        raise Invalid(f"There is no column {column!r}.")
    values = _grid(table[column], grid)
    if len(values) < 2:
        raise Invalid(f"{column!r} has one value only, so nothing can depend on it.")
    rows = table.sample(min(ROWS, len(table)), random_state=seed)
    curves = np.column_stack([_predicted(predict, rows, column, value) for value in values])
    partner, strength = _partner(table, column)
    unseen = _unseen(table, rows, column, values, partner)
    rng = np.random.default_rng(seed)
    points = []
    for place, value in enumerate(values):
        one = curves[:, place]
        draws = [rng.choice(one, len(one)).mean() for _ in range(200)]
        low, high = np.quantile(draws, [0.025, 0.975])
        few, many = np.quantile(one, [0.1, 0.9])
        points.append(
            Point(value, float(one.mean()), float(low), float(high), float(few), float(many),
                  float(unseen[place]))
        )  # fmt: skip
    mean = curves.mean(axis=0)
    own = curves - curves.mean(axis=1, keepdims=True)
    moved = float(mean.std())
    apart = float((own - (mean - mean.mean())).std())
    spread = apart / moved if moved > 1e-12 else (np.inf if apart > 1e-9 else 0.0)
    warnings = _warnings(column, partner, strength, unseen, spread)
    return Dependence(column, tuple(points), float(min(spread, 1e6)), warnings)


def _grid(column: pd.Series[Any], count: int) -> list[Any]:
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if number and column.nunique() > count:
        quantiles = column.dropna().quantile(np.linspace(0.02, 0.98, count))
        return list(dict.fromkeys(quantiles.tolist()))
    values = column.value_counts().index[:count].tolist()
    return sorted(values) if number else values


def _predicted(predict: Predict, rows: pd.DataFrame, column: str, value: Any) -> Floats:
    changed = rows.copy()
    kind = rows[column].dtype
    filled = pd.Series([value] * len(rows), index=rows.index)
    changed[column] = filled if pd.api.types.is_numeric_dtype(kind) else filled.astype(kind)
    return np.asarray(predict(changed), dtype=float).ravel()


def _partner(table: pd.DataFrame, column: str) -> tuple[str | None, float]:
    """The column that is related most to this one."""
    found = association(table)  # columns that are neither number nor category are not in it
    if column not in found.index or len(found) < 2:
        return None, 0.0
    others = found[column].drop(column).astype(float)
    return str(others.idxmax()), float(others.to_numpy().max())


def _unseen(
    table: pd.DataFrame, rows: pd.DataFrame, column: str, values: list[Any], partner: str | None
) -> Floats:
    """Share of made-up rows in a cell (column x partner) that holds no real row."""
    if partner is None:
        return np.zeros(len(values))
    own, cuts = _binned(table[column])
    other, other_cuts = _binned(table[partner])
    real = set(zip(own, other, strict=True))
    partners = _placed(rows[partner], other_cuts)
    places = _placed(pd.Series(values), cuts)
    return np.array([np.mean([(place, one) not in real for one in partners]) for place in places])


Cuts = tuple[Floats | None, dict[Any, int]]


def _binned(column: pd.Series[Any]) -> tuple[list[int], Cuts]:
    if pd.api.types.is_numeric_dtype(column) and column.nunique() > BINS:
        found = np.nanquantile(column.to_numpy(dtype=float), np.linspace(0, 1, BINS + 1))
        cuts: Cuts = (np.asarray(np.unique(found)[1:-1], dtype=np.float64), {})
    else:
        cuts = (None, {value: place for place, value in enumerate(column.dropna().unique())})
    return _placed(column, cuts), cuts


def _placed(column: pd.Series[Any], cuts: Cuts) -> list[int]:
    edges, codes = cuts
    if edges is not None:
        numbers = column.to_numpy(dtype=float, na_value=np.nan)
        places = np.searchsorted(edges, numbers, side="right")
        return [int(p) if np.isfinite(n) else -1 for p, n in zip(places, numbers, strict=True)]
    return [codes.get(value, -1) for value in column]


def _warnings(
    column: str, partner: str | None, strength: float, unseen: Floats, spread: float
) -> tuple[str, ...]:
    found = []
    if partner is not None and strength >= RELATED and unseen.max() >= UNSEEN:
        found.append(
            f"{column!r} and {partner!r} go together ({strength:.2f}): at some values up to "
            f"{unseen.max():.0%} of the rows behind the curve cannot exist, and the model guesses "
            "there."
        )
    if spread >= 1:
        found.append(
            f"Single rows move in different ways with {column!r}, so their mean hides "
            "interactions: look at the band, not at the line."
        )
    return tuple(found)
