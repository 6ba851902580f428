"""How to divide the rows, advised from what is in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import ks_2samp

from journeyman.errors import Invalid
from journeyman.house.reading import Column, Reader, instants
from journeyman.house.splits import equal_rows

Kind = Literal["temporal", "grouped", "stratified", "random"]

NAMED = re.compile(
    r"(^|[_.\s-])(id|ids|uid|user|customer|client|patient|subject|person|speaker|account|device|"
    r"store|machine|household|session|author|player|student)([_.\s-]|$)|[a-z](Id|ID)$",
    re.IGNORECASE,
)
"""Names that people give to the thing that a row belongs to."""
YEARISH = re.compile(r"year|yr|month|week|date|time", re.IGNORECASE)
LIKE = 0.15
"""Rows of one group are alike from this intra-class correlation of the target on."""
TOLD = 0.3
"""A column that fixes this share of the other columns describes a thing that comes again."""
FEW = 2_000


@dataclass(frozen=True)
class SplitAdvice:
    """How these rows should be divided, and what in them says so.

    Attributes:
        kind: ``temporal`` (train on the past, test on what follows), ``grouped`` (a thing stands
            on one side only), ``stratified`` (same share of each class), ``random``.
        column: the column that it goes by, where there is one.
        reasons: what was found, one sentence each.
        look_at: what a person should decide, because the data cannot.
        nested: whether choosing among many settings needs an outer loop here.
    """

    kind: Kind
    column: str | None
    reasons: tuple[str, ...]
    look_at: tuple[str, ...] = ()
    nested: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": self.kind,
            "column": self.column,
            "reasons": list(self.reasons),
            "look_at": list(self.look_at),
            "nested": self.nested,
        }


def advise_split(
    frame: pd.DataFrame,
    target: str,
    *,
    time: str | None = None,
    group: str | None = None,
    seed: int = 0,
) -> SplitAdvice:
    """How to divide a table honestly.

    Args:
        frame: the rows, target included.
        target: the column to predict.
        time: the column with the time of each row, where you know it.
        group: the column that names what a row belongs to, where you know it.
        seed: for the rows that are looked at when the table is large.

    Raises:
        Invalid: a column that was named is not there.

    >>> days = pd.date_range("2024-01-01", periods=200).astype(str)
    >>> frame = pd.DataFrame({"day": days, "x": range(200), "y": [0] * 120 + [1] * 80})
    >>> advise_split(frame, "y").kind
    'temporal'
    """
    for name in (target, time, group):
        if name is not None and name not in frame.columns:
            raise Invalid(f"There is no column {name!r} in the table; it has {_some(frame)}.")
    rows = frame.dropna(subset=[target])
    if len(rows) > 20_000:
        rows = rows.sample(20_000, random_state=seed)
    goal = _ranked(rows[target])
    columns = Reader.of(rows.drop(columns=target)).columns
    temporal = _temporal(rows, goal, columns, time)
    grouped = _grouped(rows, target, goal, group)
    look_at = _hints(rows, columns, target, temporal, grouped)
    nested = len(rows) < FEW
    if nested:
        look_at += (
            (
                f"With {len(rows):,} rows the best of many settings looks better than it is: "
                "choose them in an inner loop and report the outer one (nested cross-validation)."
            ),
        )
    if temporal is not None:
        also = () if grouped is None else (f"Also keep {grouped[0]!r} together: {grouped[1][0]}",)
        return SplitAdvice("temporal", temporal[0], temporal[1], (*look_at, *also), nested)
    if grouped is not None:
        return SplitAdvice("grouped", grouped[0], grouped[1], look_at, nested)
    return _plain(rows, target, look_at, nested)


def _plain(rows: pd.DataFrame, target: str, look_at: tuple[str, ...], nested: bool) -> SplitAdvice:
    none = "No column holds the time of a row, and none names a thing that comes again."
    if rows[target].nunique() <= min(50, len(rows) / 10):
        share = rows[target].value_counts(normalize=True).min()
        reason = f"The rarest class has {share:.1%} of the rows; each part should have its share."
        return SplitAdvice("stratified", None, (none, reason), look_at, nested)
    return SplitAdvice("random", None, (none,), look_at, nested)


def _some(frame: pd.DataFrame) -> str:
    names = ", ".join(str(name) for name in frame.columns[:6])
    return names + (" and more" if frame.shape[1] > 6 else "")


def _ranked(target: pd.Series[Any]) -> npt.NDArray[np.float64]:
    """The target as numbers in [0, 1]: ranks, or codes of classes."""
    numbers = pd.to_numeric(target, errors="coerce")
    if numbers.isna().any():
        numbers = pd.Series(pd.factorize(target)[0], index=target.index)
    return np.asarray(numbers.rank(pct=True), dtype=float)


Found = tuple[str, tuple[str, ...]]


def _temporal(
    rows: pd.DataFrame,
    goal: npt.NDArray[np.float64],
    columns: tuple[Column, ...],
    named: str | None,
) -> Found | None:
    """The time column that matters most, if rows differ along it."""
    dates = [one.name for one in columns if one.role == "date"]
    best: Found | None = None
    strongest = 1.0
    for name in [named] if named is not None else dates:
        when = _instants(rows[name])
        known = when.notna().to_numpy()
        if known.sum() < 30 or when[known].nunique() < 10:
            continue
        order = np.argsort(when[known].to_numpy(), kind="stable")
        third = len(order) // 3
        test = ks_2samp(goal[known][order[:third]], goal[known][order[-third:]])
        reasons = [_span(name, when[known])]
        if test.pvalue < 0.001 / max(1, len(dates)):
            reasons.append(
                "The target differs between the first and the last third of the time "
                f"(Kolmogorov-Smirnov distance {test.statistic:.2f}, p {test.pvalue:.1g})."
            )
        reasons.append(
            "A model is used on rows that come later, so it should be tested on later rows."
        )
        if best is None or test.pvalue < strongest:
            best, strongest = (name, tuple(reasons)), test.pvalue
    if best is None and named is not None:
        return named, (f"You say that {named!r} is the time of a row.",)
    return best


def _instants(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_datetime64_any_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column
    return instants(column)


def _span(name: str, when: pd.Series[Any]) -> str:
    first, last = when.min(), when.max()
    if hasattr(first, "date"):
        first, last = first.date(), last.date()
    return f"{name!r} holds the time of each row, from {first} to {last}."


def _grouped(
    rows: pd.DataFrame,
    target: str,
    goal: npt.NDArray[np.float64],
    named: str | None,
) -> Found | None:
    """The column that names a thing which comes in several rows, if there is one."""
    best: Found | None = None
    strongest = 0.0
    names = [named] if named is not None else [c for c in rows.columns if c != target]
    for name in names:
        codes, values = pd.factorize(rows[name])
        repeats = len(rows) / max(1, len(values))
        if named is None and not _may_group(rows[name], len(values), repeats):
            continue
        likeness = _intraclass(codes, goal)
        told = _determined(rows.drop(columns=[name, target]), codes)
        says = NAMED.search(str(name)) is not None
        if named is None and not (
            (says and (likeness > LIKE / 3 or told > TOLD / 2)) or told > TOLD
        ):
            continue
        strength = likeness + told + (1.0 if says else 0.0)
        if strength > strongest or best is None:
            strongest = strength
            best = (str(name), _group_reasons(str(name), len(values), repeats, likeness, told))
    return best


def _may_group(column: pd.Series[Any], values: int, repeats: float) -> bool:
    if pd.api.types.is_float_dtype(column) and not (column.dropna() % 1 == 0).all():
        return False
    return values >= 8 and repeats >= 1.3


def _group_reasons(
    name: str, values: int, repeats: float, likeness: float, told: float
) -> tuple[str, ...]:
    reasons = [f"{name!r} names {values:,} things with {repeats:.1f} rows each on average."]
    if likeness > LIKE / 3:
        reasons.append(
            "Rows of one thing have like targets (intra-class correlation "
            f"{likeness:.2f}): a model can recognise the thing instead of learning the relation."
        )
    if told > TOLD / 2:
        reasons.append(f"It fixes {told:.0%} of the other columns, as the name of a thing does.")
    return tuple(reasons)


def _intraclass(codes: npt.NDArray[Any], goal: npt.NDArray[np.float64]) -> float:
    """Intra-class correlation of the target by one-way analysis of variance."""
    counts = np.bincount(codes[codes >= 0])
    groups, rows = len(counts), int(counts.sum())
    if rows <= groups or groups < 2:
        return 0.0
    known = goal[codes >= 0]
    inside = codes[codes >= 0]
    means = np.bincount(inside, known) / counts
    between = float((counts * (means - known.mean()) ** 2).sum()) / (groups - 1)
    within = float(((known - means[inside]) ** 2).sum()) / (rows - groups)
    size = (rows - float((counts**2).sum()) / rows) / (groups - 1)
    return max(0.0, (between - within) / (between + (size - 1) * within + 1e-12))


def _determined(others: pd.DataFrame, codes: npt.NDArray[Any]) -> float:
    """Share of the other columns that are (nearly) the same in all rows of a group.

    Only columns that would not be so by chance count: a shuffled grouping is the yardstick.
    """
    counted = kept = 0
    shuffled = np.random.default_rng(0).permutation(codes)
    for position in range(others.shape[1]):
        values = pd.factorize(others.iloc[:, position])[0]
        if len(np.unique(values)) < 2:
            continue
        counted += 1
        true, chance = _sameness(codes, values), _sameness(shuffled, values)
        kept += bool(true > 0.97 and true > chance + 0.1)
    return kept / counted if counted else 0.0


def _sameness(codes: npt.NDArray[Any], values: npt.NDArray[Any]) -> float:
    """Share of neighbouring rows of one group that agree."""
    order = np.lexsort((values, codes))
    same_group = codes[order][1:] == codes[order][:-1]
    if not same_group.any():
        return 0.0
    same_value = values[order][1:] == values[order][:-1]
    return float(same_value[same_group].mean())


def _hints(
    rows: pd.DataFrame,
    columns: tuple[Column, ...],
    target: str,
    temporal: Found | None,
    grouped: Found | None,
) -> tuple[str, ...]:
    hints = []
    if temporal is None:
        for column in columns:
            if column.role == "number" and YEARISH.search(column.name):
                hints.append(
                    f"{column.name!r} may be the time of a row: if so, pass it as time and test "
                    "on the latest rows."
                )
                break
    equal = equal_rows(rows.drop(columns=target))
    repeated = 1 - (int(equal.max()) + 1) / len(equal)
    if repeated > 0.001 and grouped is None:
        hints.append(
            f"{repeated:.1%} of the rows repeat an earlier row in every column but the target; "
            "keep equal rows on one side."
        )
    return tuple(hints)
