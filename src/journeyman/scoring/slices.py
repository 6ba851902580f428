"""Where a model is worse than elsewhere, without being fooled by looking in many places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm, ttest_ind

from journeyman.errors import Invalid
from journeyman.scoring.calibration import wilson
from journeyman.scoring.metric import Metric, Numbers, Truth
from journeyman.scoring.resampling import Interval, interval, replicates

FEWEST = 30
MOST_VALUES = 20
RESAMPLES = 200


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows that share something, judged against the rest.

    Attributes:
        name: what they share: ``origin = JFK``, ``age in [30, 45)``.
        gap: score of the slice less that of the rest, positive where the slice is better.
        p, q: of the difference; ``q`` is adjusted for the number of slices looked at.
    """

    name: str
    rows: int
    score: Interval
    rest: float
    gap: float
    p: float
    q: float

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "name": self.name, "rows": self.rows, "score": self.score.value,
            "low": self.score.low, "high": self.score.high, "rest": self.rest,
            "gap": self.gap, "p": self.p, "q": self.q,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slices:
    """All slices that were looked at, worst first, and the rate of false finds accepted."""

    metric: str
    looked: tuple[Slice, ...]
    rate: float

    @property
    def worse(self) -> tuple[Slice, ...]:
        """Slices that are worse than the rest beyond chance, at the accepted rate."""
        return tuple(one for one in self.looked if one.q <= self.rate and one.gap < 0)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "metric": self.metric,
            "rate": self.rate,
            "looked": [one.to_json() for one in self.looked],
            "worse": [one.name for one in self.worse],
        }


def benjamini_hochberg(p: NDArray[Any]) -> NDArray[np.float64]:
    """Adjusted p-values: calling all with q <= 0.05 a find makes at most 5 % of them false.

    Benjamini & Hochberg 1995.

    >>> benjamini_hochberg(np.array([0.01, 0.02, 0.5])).round(3).tolist()
    [0.03, 0.03, 0.5]
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return out


def find_slices(
    metric: Metric,
    truth: Truth,
    given: Numbers,
    table: pd.DataFrame,
    *,
    fewest: int = FEWEST,
    rate: float = 0.05,
    seed: int = 0,
) -> Slices:
    """Compare every slice of every column with the rest.

    Categories give a slice a value, numbers one a quarter, and missing cells one of their own.
    Where the metric is a mean over rows the two sides are compared by Welch's test of the rows'
    losses, else by their bootstrap errors; all p-values are adjusted together.

    Args:
        metric: what to compare by.
        truth: of the rows of ``table``, in its order.
        given: predictions as the metric wants them.
        table: columns to cut the rows by; they need not be what the model saw.
        fewest: slices of fewer rows are not looked at, nor those that leave fewer.
        rate: accepted share of false finds.
        seed: of the bootstrap.

    Raises:
        Invalid: the table has another number of rows.
    """
    if len(table) != len(truth):
        raise Invalid(f"The table has {len(table)} rows for {len(truth)} predictions.")
    found = []
    for position, name in enumerate(table.columns):
        for label, inside in _parts(str(name), table.iloc[:, position]):
            if fewest <= inside.sum() <= len(truth) - fewest:
                one = _judge(metric, truth, given, label, inside, seed)
                if one is not None:
                    found.append(one)
    if not found:
        return Slices(metric.name, (), rate)
    adjusted = benjamini_hochberg(np.array([one.p for one in found]))
    whole = [
        Slice(one.name, one.rows, one.score, one.rest, one.gap, one.p, float(q))
        for one, q in zip(found, adjusted, strict=True)
    ]
    return Slices(metric.name, tuple(sorted(whole, key=lambda one: (one.q, one.gap))), rate)


def _parts(name: str, column: pd.Series[Any]) -> list[tuple[str, NDArray[np.bool_]]]:
    missing = column.isna().to_numpy()
    parts = [(f"{name} is missing", missing)] if missing.any() else []
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if number and column.nunique() > 8:
        cuts = np.unique(column.quantile([0, 0.25, 0.5, 0.75, 1]).to_numpy())
        for low, high in pairwise(cuts):
            last = high == cuts[-1]
            inside = (column >= low) & ((column <= high) if last else (column < high))
            end = "]" if last else ")"
            parts.append((f"{name} in [{low:g}, {high:g}{end}", inside.to_numpy(dtype=bool)))
        return parts
    values = column.value_counts().index[:MOST_VALUES]
    return parts + [(f"{name} = {v}", (column == v).to_numpy(dtype=bool)) for v in values]


def _judge(
    metric: Metric, truth: Truth, given: Numbers, name: str, inside: NDArray[np.bool_], seed: int
) -> Slice | None:
    sides = [(truth.only(rows), given[rows]) for rows in (inside, ~inside)]
    with np.errstate(all="ignore"):
        values = [metric.value(*side) for side in sides]
    if not np.isfinite(values).all():
        return None  # the metric has no value there (one class only)
    draws = replicates(metric, *sides[0], seed=seed, resamples=RESAMPLES)
    score = interval(metric, values[0], draws)
    if metric.losses is not None:
        losses = [metric.losses(*side) for side in sides]
        p = float(ttest_ind(*losses, equal_var=False).pvalue)
    else:
        rest = interval(
            metric, values[1], replicates(metric, *sides[1], seed=seed, resamples=RESAMPLES)
        )
        error = float(np.hypot(score.error, rest.error))
        p = float(2 * norm.sf(abs(values[0] - values[1]) / error)) if error > 0 else 1.0
    gap = metric.gain(values[0], values[1])
    return Slice(name, int(inside.sum()), score, values[1], gap, p if np.isfinite(p) else 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A rate in one group against everybody else.

    Attributes:
        measure: ``selected``, ``found`` (of the true positives), ``false alarms`` (of the true
            negatives) or ``right when selected``.
        rate, others: the two rates; ``gap`` is their difference with a 95 % interval.
        q: adjusted for all groups and measures.
    """

    group: str
    measure: str
    rows: int
    rate: float
    others: float
    gap: float
    low: float
    high: float
    q: float

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


def fairness_gaps(
    truth: NDArray[Any], selected: NDArray[Any], group: NDArray[Any], *, fewest: int = 20
) -> tuple[Gap, ...]:
    """How the rates of a yes-or-no decision differ between groups.

    Intervals of differences by Newcombe (1998, method 10), p-values from the same; the groups'
    rates cannot all be equal at once when base rates differ (Kleinberg et al. 2016), so which
    gap matters is for a person to say.

    Args:
        truth: 0 or 1, shape (n,).
        selected: the decision, 0 or 1, shape (n,).
        group: what each row belongs to.
        fewest: rates from fewer rows are left out.

    Raises:
        Invalid: the arrays do not fit each other.
    """
    truth, selected, group = np.asarray(truth), np.asarray(selected), np.asarray(group).astype(str)
    if not truth.shape == selected.shape == group.shape:
        raise Invalid("Give one true label, one decision and one group for each row.")
    found = []
    for name in np.unique(group):
        inside = group == name
        for measure, of, hit in _measures(truth.astype(bool), selected.astype(bool)):
            ours, others = of & inside, of & ~inside
            if min(ours.sum(), others.sum()) >= fewest:
                counts = (hit & ours).sum(), ours.sum(), (hit & others).sum(), others.sum()
                found.append((str(name), measure, *_newcombe(*(int(one) for one in counts))))
    if not found:
        return ()
    adjusted = benjamini_hochberg(np.array([one[-1] for one in found]))
    made = [Gap(*one[:-1], q=float(q)) for one, q in zip(found, adjusted, strict=True)]
    return tuple(sorted(made, key=lambda gap: gap.q))


def _measures(
    truth: NDArray[np.bool_], selected: NDArray[np.bool_]
) -> list[tuple[str, NDArray[np.bool_], NDArray[np.bool_]]]:
    """Name, the rows it is a share of, and the rows that count."""
    return [
        ("selected", np.ones_like(truth), selected),
        ("found", truth, selected),
        ("false alarms", ~truth, selected),
        ("right when selected", selected, truth),
    ]


def _newcombe(
    hits: int, rows: int, other_hits: int, other_rows: int
) -> tuple[int, float, float, float, float, float, float]:
    """Rows, both rates, their difference with its interval, and its p-value."""
    one, two = hits / rows, other_hits / other_rows
    low1, high1 = wilson(hits, rows)
    low2, high2 = wilson(other_hits, other_rows)
    gap = one - two
    low = gap - float(np.hypot(one - low1, high2 - two))
    high = gap + float(np.hypot(high1 - one, two - low2))
    pooled = (hits + other_hits) / (rows + other_rows)
    error = float(np.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / other_rows)))
    p = float(2 * norm.sf(abs(gap) / error)) if error > 0 else 1.0
    return rows, one, two, gap, low, high, p
