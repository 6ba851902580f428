"""Reads the predictions that a run wrote.

The file has a row for each row that was predicted and was not learnt from: ``truth``, and
``probability`` (of yes), ``probability_<class>`` for each class, or ``prediction`` (a label or a
number). ``id`` is the row's number in the main table, or its value in the declared id column. Rows
of one ``group`` are resampled together. Every other column is kept for looking at slices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman.audit import open_table
from journeyman.errors import Invalid
from journeyman.projects.declared import Declared
from journeyman.scoring.metric import Metric, Numbers, Truth

TRUTHS = ("truth", "y_true", "actual", "label", "target", "y")
CHANCES = ("probability", "proba", "y_prob", "y_proba", "score", "y_score", "p")
DECISIONS = ("prediction", "y_pred", "predicted", "pred", "forecast", "rating")
IDS = ("id", "row_id", "row", "index")
NAMES = (*IDS, "group", "baseline")
PART = ("part", "split", "usage")
FIRST = ("test", "holdout", "hold-out", "validation", "valid", "oof")
LEARNT = frozenset({"train", "training", "fit"})
_CLASSES = re.compile(r"^(?:probability|proba|prob|p)_(.+)$")
_MOST_CLASSES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Predictions with the right answers, row by row.

    Attributes:
        task: binary, multiclass, ordinal, regression, forecast or ranking.
        truth: As ``journeyman.scoring`` wants it.
        labels: Codes of decisions, where there are classes; shape (rows,).
        chances: Of yes, shape (rows,); or of each class, shape (rows, classes).
        numbers: For regression, forecasts and rankings; shape (rows,).
        ids: The rows' names as text, or None.
        part: Which rows these are, in the file's own words.
        baseline: Of the column ``baseline``, in the form of ``chances`` or ``numbers``.
        extra: Columns to look at slices by.
    """

    task: str
    truth: Truth
    labels: Numbers | None
    chances: Numbers | None
    numbers: Numbers | None
    ids: tuple[str, ...] | None
    extra: pd.DataFrame
    part: str = "validation"
    baseline: Numbers | None = None

    def __len__(self) -> int:
        return len(self.truth)

    def given(self, metric: Metric) -> Numbers:
        """Predictions as the metric wants them.

        Raises:
            Invalid: the file does not hold what the metric needs.
        """
        several = self.chances is not None and self.chances.ndim == 2
        found: Numbers | None
        if metric.needs == "labels":
            found = self.labels
        elif metric.needs == "probability":
            found = None if several else self.chances
        elif metric.needs == "probabilities":
            found = self.chances if several else None
        elif metric.needs == "scores":
            found = (None if several else self.chances) if self.numbers is None else self.numbers
        else:
            found = self.numbers
        if found is None:
            raise Invalid(
                f"The metric {metric.name} needs {metric.needs}, which the predictions do not "
                "hold; write a column probability (or probability_<class>, or prediction)."
            )
        return found


def parts(file: Path) -> dict[str, pd.DataFrame]:
    """The rows of a file of predictions by their column ``part``, the one that is scored first.

    Without such a column all rows are one part, ``validation``.
    """
    table = open_table(file).frame.rename(columns=str)
    column = next((one for one in table.columns if one.lower() in PART), "")
    if not column:
        return {"validation": table}
    names = [str(one) for one in table[column].dropna().unique()]
    names.sort(key=lambda one: (FIRST.index(one) if one in FIRST else len(FIRST), one))
    return {
        name: table[table[column].astype(str) == name].drop(columns=column).reset_index(drop=True)
        for name in names
        if name not in LEARNT
    }


def read(file: Path, declared: Declared, part: str = "") -> Predictions:
    """The predictions in ``file``: those of one part, the most honest one by default.

    Raises:
        Invalid: naming the column or rows that are wrong.
    """
    found = parts(file)
    if part and part not in found:
        raise Invalid(f"{file.name} has no part {part!r}; it has {', '.join(found) or 'none'}.")
    if not found or not any(len(one) for one in found.values()):
        raise Invalid(f"{file.name} holds no rows; write a row for each row that was predicted.")
    chosen = part or next(iter(found))
    return replace(of_table(found[chosen], declared, file), part=chosen)


def of_table(
    table: pd.DataFrame, declared: Declared, file: Path, classes: tuple[str, ...] = ()
) -> Predictions:
    """Predictions with their truth from a table that was read from ``file``.

    Args:
        table: One row a predicted row.
        declared: The project's task, target and yes.
        file: For what is said of faults.
        classes: Known beforehand; found in the rows where they are not given.
    """
    lower = {name.lower(): name for name in table.columns}
    truth = _column(lower, (*TRUTHS, declared.project.target.lower()))
    if not truth:
        raise Invalid(
            f"{file.name} has no column truth; it has {', '.join(list(table.columns)[:8])}."
        )
    if table[truth].isna().any():
        raise Invalid(f"{file.name}: {int(table[truth].isna().sum()):,} rows have no truth.")
    task = declared.project.task or _task(table, truth, lower)
    if task in {"regression", "forecast", "ranking"}:
        return _of_numbers(table, truth, lower, task, file.name)
    known = classes or _named(table, truth, lower, declared.project.positive, file.name)
    return _of_classes(table, truth, lower, task, (file.name, known))


def _column(lower: dict[str, str], names: tuple[str, ...]) -> str:
    return next((lower[name] for name in names if name and name in lower), "")


def _task(table: pd.DataFrame, truth: str, lower: dict[str, str]) -> str:
    different = table[truth].nunique()
    number = pd.api.types.is_numeric_dtype(table[truth])
    if number and not any(_CLASSES.match(one) for one in lower):
        broken = bool((table[truth].astype(float) % 1 != 0).any())
        if broken or different > 20:
            return "regression"
    return "binary" if different <= 2 else "multiclass"


def _of_numbers(
    table: pd.DataFrame, truth: str, lower: dict[str, str], task: str, name: str
) -> Predictions:
    column = _column(lower, (*DECISIONS, *CHANCES))
    if not column:
        raise Invalid(f"{name} has no column prediction.")
    numbers = _numbers(table, column, name)
    target = _numbers(table, truth, name)
    made = Truth(target, _groups(table, lower))
    rest = _rest(table, lower, {truth, column})
    before = _baseline(table, lower, name)
    return Predictions(task, made, None, None, numbers, _ids(table, lower), rest, baseline=before)


def _named(
    table: pd.DataFrame, truth: str, lower: dict[str, str], positive: str, name: str
) -> tuple[str, ...]:
    """The classes of a table of predictions: of its truth, and of its columns."""
    wide = tuple(lower[one] for one in lower if _CLASSES.match(one))
    classes = _classes(table, truth, wide, positive)
    if len(classes) > _MOST_CLASSES:
        raise Invalid(
            f"{name}: the truth has {len(classes):,} different values; if these are numbers, set "
            'task = "regression" in journeyman.toml.'
        )
    return classes


def _of_classes(
    table: pd.DataFrame,
    truth: str,
    lower: dict[str, str],
    task: str,
    told: tuple[str, tuple[str, ...]],
) -> Predictions:
    name, classes = told
    wide = {found[1]: lower[one] for one in lower if (found := _CLASSES.match(one)) is not None}
    chance, decision = _column(lower, CHANCES), _column(lower, DECISIONS)
    if not (wide or chance or decision):
        raise Invalid(f"{name} has no column probability and none called prediction.")
    codes = codes_of(table[truth], classes)
    chances: Numbers | None = None
    numbers: Numbers | None = None
    if len(classes) > 2 and len(wide) > 1:
        chances = _several(table, wide, classes, name)
    elif chance or (len(classes) <= 2 and wide):
        chances = _numbers(table, chance or _of_yes(wide, classes), name)
        if chances.min() < 0 or chances.max() > 1:  # scores of a ranking, not probabilities
            chances, numbers = None, chances
    elif decision and len(classes) <= 2 and _looks_like_chances(table[decision]):
        chances, decision = _numbers(table, decision, name), ""
    labels = _decisions(table, decision, classes, chances, name)
    groups = _groups(table, lower)
    used = {truth, chance, decision, *wide.values()}
    made = Truth(codes, groups, classes=classes)
    rest = _rest(table, lower, used)
    before = _baseline(table, lower, name) if chances is None or chances.ndim == 1 else None
    return Predictions(
        task, made, labels, chances, numbers, _ids(table, lower), rest, baseline=before
    )


def _classes(
    table: pd.DataFrame, truth: str, wide: tuple[str, ...], positive: str
) -> tuple[str, ...]:
    named: list[str] = []
    if len(wide) > 1:
        named = [found[1] for one in wide if (found := re.match(r"[a-zA-Z]+_(.+)$", one))]
    return classes_of(table[truth], named, positive)


def classes_of(values: pd.Series, named: list[str], positive: str = "") -> tuple[str, ...]:
    """Names of the classes in order: as numbers where they are numbers, yes last of two.

    >>> classes_of(pd.Series(["no", "yes", "no"]), []), classes_of(pd.Series([10, 9]), [])
    (('no', 'yes'), ('9', '10'))
    """
    said = {_spoken(one) for one in values.dropna().unique()} | set(named)
    try:
        ordered = sorted(said, key=float)
    except ValueError:
        ordered = sorted(said)
    if len(ordered) == 1 and ordered[0] in {"0", "1"}:
        ordered = ["0", "1"]
    if positive in ordered and len(ordered) == 2:
        ordered = [one for one in ordered if one != positive] + [positive]
    return tuple(ordered)


def _spoken(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return str(int(value))
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def codes_of(values: pd.Series, classes: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each label among the classes; -1 for one that is none of them."""
    places = {name: place for place, name in enumerate(classes)}
    return np.array([places.get(_spoken(one), -1) for one in values], dtype=np.int64)


def _of_yes(wide: dict[str, str], classes: tuple[str, ...]) -> str:
    return next((wide[one] for one in wide if one == classes[-1].lower()), list(wide.values())[-1])


def _looks_like_chances(values: pd.Series) -> bool:
    if not pd.api.types.is_float_dtype(values):
        return False
    inside = values.between(0, 1).all()
    return bool(inside and not values.isin((0.0, 1.0)).all())


def _several(
    table: pd.DataFrame, wide: dict[str, str], classes: tuple[str, ...], name: str
) -> Numbers:
    lower = {one.lower(): one for one in classes}
    missing = [one for key, one in lower.items() if key not in wide]
    if missing:
        raise Invalid(f"{name} has no column probability_{missing[0]}.")
    values = np.column_stack([_numbers(table, wide[one.lower()], name) for one in classes])
    return np.asarray(values / np.maximum(values.sum(axis=1, keepdims=True), 1e-12))


def _decisions(
    table: pd.DataFrame,
    decision: str,
    classes: tuple[str, ...],
    chances: Numbers | None,
    name: str,
) -> Numbers | None:
    if decision:
        codes = codes_of(table[decision], classes)
        if (codes < 0).any():
            row = int(np.flatnonzero(codes < 0)[0])
            raise Invalid(
                f"{name}: row {row} predicts {table[decision].iloc[row]!r}, which is none of the "
                f"classes ({', '.join(classes[:6])})."
            )
        return codes
    if chances is None:
        return None
    if chances.ndim == 2:
        return np.asarray(chances.argmax(axis=1))
    return np.asarray((chances >= 0.5).astype(np.int64))


def _numbers(table: pd.DataFrame, column: str, name: str) -> NDArray[np.float64]:
    values = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(values).all():
        row = int(np.flatnonzero(~np.isfinite(values))[0])
        raise Invalid(f"{name}: row {row} has no finite number in the column {column}.")
    return np.asarray(values)


def _groups(table: pd.DataFrame, lower: dict[str, str]) -> Numbers | None:
    if "group" not in lower:
        return None
    return np.asarray(pd.factorize(table[lower["group"]])[0])


def _ids(table: pd.DataFrame, lower: dict[str, str]) -> tuple[str, ...] | None:
    column = _column(lower, IDS)
    return tuple(_spoken(one) for one in table[column]) if column else None


def _baseline(table: pd.DataFrame, lower: dict[str, str], name: str) -> Numbers | None:
    if "baseline" not in lower:
        return None
    if not pd.api.types.is_numeric_dtype(table[lower["baseline"]]):
        return None
    return _numbers(table, lower["baseline"], name)


def _rest(table: pd.DataFrame, lower: dict[str, str], used: set[str]) -> pd.DataFrame:
    gone = used | {
        lower.get(one, "") for one in ("id", "row_id", "row", "index", "group", "baseline")
    }
    return table[[name for name in table.columns if name not in gone]]
