"""What the caller gives a house run, checked before anything is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from journeyman.errors import Invalid
from journeyman.house.reading import Floats
from journeyman.house.recipes import Task as TaskKind
from journeyman.house.splits import equal_rows

FEWEST = 20
LARGEST_TABLE = 2_000_000
TASKS = ("auto", "classification", "binary", "multiclass", "regression")


@dataclass(frozen=True)
class Given:
    """The caller's table and target, checked."""

    table: pd.DataFrame
    target: Floats
    task: TaskKind
    classes: tuple[Any, ...]
    groups: npt.NDArray[Any] | None
    times: npt.NDArray[Any] | None
    notes: tuple[str, ...]


def check(table: Any, y: Any, task: str, groups: Any, times: Any) -> Given:
    """The caller's table and target, or one sentence that says what is wrong with them.

    Raises:
        Invalid: that sentence.
    """
    if not isinstance(table, pd.DataFrame):
        raise Invalid("Give the rows as a pandas DataFrame with named columns.")
    if task not in TASKS:
        raise Invalid(f"There is no task {task!r}; it is one of {', '.join(TASKS)}.")
    target = pd.Series(np.asarray(y).ravel())
    _rows(table, target)
    kind = _kind(target, task)
    classes, numbers = _target(target, kind)
    named = {"groups": groups, "times": times}
    for name, values in named.items():
        if values is not None and len(values) != len(table):
            raise Invalid(f"There are {len(values):,} {name} for {len(table):,} rows.")
    notes: tuple[str, ...] = ()
    grouped = None if groups is None else np.asarray(groups)
    timed = None if times is None else np.asarray(times)
    if grouped is None and timed is None:
        equal = equal_rows(table)
        repeated = 1 - (equal.max() + 1) / len(equal)
        if 0.001 < repeated < 0.9:
            grouped = equal
            notes = (f"{repeated:.1%} of the rows repeat another; equal rows stay together.",)
    return Given(table, numbers, kind, classes, grouped, timed, notes)


def _rows(table: pd.DataFrame, target: pd.Series[Any]) -> None:
    if len(target) != len(table):
        raise Invalid(f"There are {len(table):,} rows but {len(target):,} targets; give one each.")
    if len(table) < FEWEST:
        raise Invalid(
            f"{len(table)} rows are too few to learn from; a house run needs {FEWEST} at least."
        )
    if len(table) > LARGEST_TABLE:
        raise Invalid(
            f"{len(table):,} rows are more than a house run takes ({LARGEST_TABLE:,}); sample them."
        )
    missing = int(target.isna().sum())
    if missing:
        raise Invalid(f"{missing:,} targets are missing; drop those rows first.")


def _kind(target: pd.Series[Any], task: str) -> TaskKind:
    if task == "regression":
        return "regression"
    different = target.nunique()
    if task == "auto" and pd.api.types.is_numeric_dtype(target) and different > 20:
        return "regression"
    if different < 2:
        raise Invalid(
            f"Every row has the same target ({target.iloc[0]!r}), so there is nothing to tell "
            "apart; check which column is the target."
        )
    if task == "binary" and different > 2:
        raise Invalid(f"The target has {different} values; a binary task has two.")
    if different > max(200, len(target) // 5):
        raise Invalid(
            f"The target has {different:,} different values in {len(target):,} rows; "
            "is this a regression?"
        )
    return "binary" if different == 2 else "multiclass"


def _target(target: pd.Series[Any], kind: TaskKind) -> tuple[tuple[Any, ...], Floats]:
    if kind != "regression":
        codes, classes = pd.factorize(target, sort=True)
        return tuple(classes.tolist()), codes.astype(float)
    numbers = pd.to_numeric(target, errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(numbers).all():
        raise Invalid("Some targets are no finite numbers; a regression needs a number each.")
    if numbers.min() == numbers.max():
        raise Invalid(
            f"Every row has the same target ({numbers[0]:g}), so there is nothing to learn; "
            "check which column is the target."
        )
    return (), numbers
