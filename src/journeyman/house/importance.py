"""What a model leans on: permutation importance with intervals, alone and in groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from journeyman.errors import Invalid
from journeyman.house.reading import Floats
from journeyman.house.relation import related_columns
from journeyman.scoring.metric import Metric, Truth
from journeyman.scoring.resampling import replicates

Predict = Callable[[pd.DataFrame], npt.NDArray[Any]]
"""Rows to predictions as the metric (or the reader) wants them, one a row."""
RESAMPLES = 100


@dataclass(frozen=True, slots=True)
class Lean:
    """How much worse the score gets when some columns say nothing any more.

    Attributes:
        drop: fall of the score, positive where the columns help, whatever the metric's direction.
        low, high: 95 % interval, over rows and over shufflings.
    """

    columns: tuple[str, ...]
    drop: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the columns help beyond chance."""
        return self.low > 0

    def to_json(self) -> dict[str, Any]:
        """Plain data, also what a chart needs."""
        return {
            "columns": list(self.columns), "drop": self.drop, "low": self.low, "high": self.high,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Importance:
    """Permutation importance of columns and of groups of related columns, largest first."""

    metric: str
    score: float
    columns: tuple[Lean, ...]
    groups: tuple[Lean, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, also what a chart needs."""
        return {
            "metric": self.metric,
            "score": self.score,
            "columns": [one.to_json() for one in self.columns],
            "groups": [one.to_json() for one in self.groups],
            "warnings": list(self.warnings),
        }


def permutation_importance(
    predict: Predict,
    table: pd.DataFrame,
    truth: Truth,
    metric: Metric,
    *,
    groups: Sequence[Sequence[str]] | None = None,
    repeats: int = 5,
    seed: int = 0,
) -> Importance:
    """How much the score falls when a column is shuffled (Breiman 2001; Fisher et al. 2019).

    Two columns that say the same cover for each other: shuffled alone each looks useless. So
    related columns are shuffled together as well, and the report says where that changes the
    picture.

    Args:
        predict: the fitted model, as the metric wants its predictions.
        table: rows that the model was not trained on.
        truth: their targets.
        metric: what to lose.
        groups: columns to shuffle together; by default those that are related.
        repeats: shufflings of each column.
        seed: of shufflings and resamples.

    Raises:
        Invalid: the rows and targets do not fit, or there are fewer than 20 rows.
    """
    if len(table) != len(truth) or len(table) < 20:
        raise Invalid(
            f"Importance needs 20 rows with their targets; there are {len(table)} rows "
            f"and {len(truth)} targets."
        )
    given = np.asarray(predict(table))
    base = _Base(predict, table, truth, metric, given, repeats, seed)
    names = [str(name) for name in table.columns]
    single = [base.lean((name,)) for name in names]
    found = groups if groups is not None else related_columns(table, seed=seed)
    together = [base.lean(tuple(group)) for group in found if len(group) > 1]
    warnings = tuple(text for lean in together if (text := _warning(lean, single)))
    return Importance(
        metric.name, metric.value(truth, given), _sorted(single), _sorted(together), warnings
    )


def _sorted(leans: list[Lean]) -> tuple[Lean, ...]:
    return tuple(sorted(leans, key=lambda lean: -lean.drop))


def _warning(group: Lean, single: list[Lean]) -> str:
    """One sentence where shuffling columns alone misleads."""
    alone = [lean for lean in single if lean.columns[0] in group.columns]
    names = ", ".join(group.columns)
    if group.sure and group.drop > 2 * sum(max(0.0, lean.drop) for lean in alone):
        return (
            f"{names} cover for each other: alone they seem to matter "
            f"{max(lean.drop for lean in alone):.4f} at most, together {group.drop:.4f}. "
            "Read them as one."
        )
    return (
        f"{names} are related; shuffling one of them alone makes rows that cannot exist, so its "
        "own number is a guess outside the data."
    )


@dataclass(frozen=True)
class _Base:
    predict: Predict
    table: pd.DataFrame
    truth: Truth
    metric: Metric
    given: npt.NDArray[Any]
    repeats: int
    seed: int

    def lean(self, columns: tuple[str, ...]) -> Lean:
        whole = self.metric.value(self.truth, self.given)
        plain = self._draws(self.given)
        drops, falls = [], []
        for repeat in range(self.repeats):
            given = np.asarray(self.predict(self._shuffled(columns, repeat)))
            falls.append(self.metric.gain(whole, self.metric.value(self.truth, given)))
            drops.append(self.metric.sign * (plain - self._draws(given)))
        draws: Floats = np.concatenate(drops)
        draws = draws[np.isfinite(draws)]
        fall = float(np.mean(falls))
        low, high = np.quantile(draws, [0.025, 0.975]) if len(draws) else (-np.inf, np.inf)
        return Lean(columns, fall, min(float(low), fall), max(float(high), fall))

    def _shuffled(self, columns: tuple[str, ...], repeat: int) -> pd.DataFrame:
        rng = np.random.default_rng([self.seed, repeat])
        order = rng.permutation(len(self.table))
        out = self.table.copy()
        for name in columns:  # by one permutation, so that the group stays together
            place = [str(one) for one in self.table.columns].index(name)
            label = self.table.columns[place]
            out[label] = self.table[label].iloc[order].set_axis(self.table.index)
        return out

    def _draws(self, given: npt.NDArray[Any]) -> Floats:
        found = replicates(self.metric, self.truth, given, seed=self.seed, resamples=RESAMPLES)
        return np.asarray(found, dtype=float)
