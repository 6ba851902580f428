"""What a run left behind, in one form: labels, scores, folds, columns, the training table."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman.errors import Invalid, NotFound

Array = NDArray[Any]
TRUTHS = ("truth", "y_true", "actual", "label", "target", "y")
CHANCES = ("probability", "proba", "y_prob", "y_proba", "score", "y_score", "p")
DECISIONS = ("prediction", "y_pred", "predicted", "pred", "forecast")
ASIDE = ("id", "row_id", "row", "index", "group", "baseline", "part", "split", "usage")
FIRST = ("test", "holdout", "hold-out", "validation", "valid", "oof")
FILES = ("predictions.parquet", "predictions.csv")
TRAINING = ("train.parquet", "train.csv")
_CLASS = re.compile(r"^(?:probability|proba|prob|p)_(.+)$")
MOST_ROWS = 200_000
LARGEST = 512 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Artifacts:
    """A run's predictions on rows that it had not learnt from, and what goes with them.

    Attributes:
        truth: Shape (rows,): 0 or 1, the number of a class, or a value.
        scores: Shape (rows,): probability of the positive class, or the predicted value; shape
            (rows, classes) for several classes.
        classes: Names; the second of two is the positive one.
        threshold: From which probability on a row is an alarm.
        folds: Shape (rows,), or None.
        slices: Columns beside the predictions, row by row.
        train: The training table, with ``target``.
        costs: Of a false alarm and of a miss, or None.
        sha256: Of the file of predictions.
    """

    task: Literal["binary", "multiclass", "regression"]
    truth: Array
    scores: Array
    classes: tuple[str, ...] = ()
    threshold: float = 0.5
    folds: Array | None = None
    slices: pd.DataFrame | None = None
    train: pd.DataFrame | None = None
    target: str = ""
    costs: tuple[float, float] | None = None
    unit: str = ""
    sha256: str = ""

    def has(self, part: str) -> bool:
        """Whether there are ``folds``, ``slices``, a ``train`` table or ``costs``."""
        if part == "slices":
            return self.slices is not None and self.slices.shape[1] > 0
        if part == "train":
            return self.train is not None and self.target in self.train
        return getattr(self, part) is not None

    @property
    def positive(self) -> str:
        """Name of the positive class."""
        return self.classes[-1] if self.classes else ""

    @property
    def errors(self) -> Array:
        """One number a row, larger being worse: a wrong decision, or the absolute error."""
        if self.task == "binary":
            return np.asarray((self.scores >= self.threshold) != (self.truth == 1), dtype=float)
        if self.task == "multiclass":
            return np.asarray(self.scores.argmax(axis=1) != self.truth, dtype=float)
        return np.asarray(np.abs(self.scores - self.truth))

    @property
    def error_name(self) -> str:
        """What ``errors`` are, on average."""
        if self.task == "regression":
            return "mean absolute error"
        at = f" at threshold {self.threshold:g}" if self.task == "binary" else ""
        return f"share of wrong decisions{at}"


def read(place: Path) -> Artifacts:
    """The artifacts of a run's folder.

    The folder holds ``predictions.parquet`` or ``.csv`` (``truth``; ``probability``,
    ``probability_<class>`` or ``prediction``; ``fold`` and columns to cut by where there are any),
    and may hold ``train.parquet`` or ``.csv``; else the project's main table is taken for it.
    Target, positive class, costs and threshold are read from the ``journeyman.toml`` above it.

    Raises:
        NotFound: there is no such folder, or no predictions in it.
        Invalid: naming the column that is missing or unusable.
    """
    if not place.is_dir():
        raise NotFound(f"There is no folder {place}; name the folder of a run.")
    file = next((place / one for one in FILES if (place / one).is_file()), None)
    if file is None:
        raise NotFound(
            f"{place} holds no predictions.parquet or predictions.csv; name the folder of a run "
            "that came to its end."
        )
    declared, project = _declared(place)
    table = _first_part(_table(file))
    made = of_table(table, declared)
    train, target = _training(place, declared, project)
    return Artifacts(
        **{**made, "train": train, "target": target},
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )


def of_table(table: pd.DataFrame, declared: dict[str, Any]) -> dict[str, Any]:
    """The fields of ``Artifacts`` that a table of predictions gives.

    Raises:
        Invalid: naming the column that is missing or unusable.
    """
    lower = {str(one).lower(): str(one) for one in table.columns}
    truth = next((lower[one] for one in TRUTHS if one in lower), None)
    if truth is None:
        raise Invalid("The predictions have no column “truth” with the right answers.")
    table = table[table[truth].notna()].reset_index(drop=True).head(MOST_ROWS)
    if not len(table):
        raise Invalid("The predictions hold no row with a right answer.")
    project, costs = declared.get("project", {}), declared.get("costs", {})
    each = {m[1]: one for one in map(str, table.columns) if (m := _CLASS.match(one))}
    chance = next((lower[one] for one in CHANCES if one in lower), None)
    decision = next((lower[one] for one in DECISIONS if one in lower), None)
    used = {truth, chance, decision, *each.values(), *(lower.get(one) for one in ASIDE)}
    folds = lower.get("fold")
    common: dict[str, Any] = {
        "folds": None if folds is None else table[folds].astype(str).to_numpy(),
        "slices": table[[one for one in table.columns if one not in used | {folds}]],
        "unit": str(costs.get("unit", "")),
    }
    if chance is not None:
        return common | _binary(table[truth], table[chance], project, costs, declared)
    if each:
        return common | _several(table[truth], table[list(each.values())], tuple(each))
    if decision is None:
        raise Invalid("The predictions have no column “probability” or “prediction”.")
    numbers = [pd.to_numeric(table[one], errors="coerce") for one in (truth, decision)]
    if any(one.isna().any() for one in numbers):
        raise Invalid(
            "The viva needs probabilities, or numbers: the predictions hold labels only; write "
            "“probability”, or “probability_<class>” for each class."
        )
    values = [one.to_numpy(float) for one in numbers]
    return common | {"task": "regression", "truth": values[0], "scores": values[1]}


def _binary(
    truth: pd.Series, chance: pd.Series, project: Any, costs: Any, declared: dict[str, Any]
) -> dict[str, Any]:
    names = sorted(_name(one) for one in truth.unique())
    if len(names) != 2:
        raise Invalid(
            f"The column “{truth.name}” has {len(names)} different values; with one probability a "
            "row there have to be two."
        )
    positive = str(project.get("positive") or names[-1])
    if positive not in names:
        raise Invalid(f"The positive class “{positive}” is not in the column “{truth.name}”.")
    scores = pd.to_numeric(chance, errors="coerce").to_numpy(float)
    if not ((scores >= 0) & (scores <= 1)).all():
        raise Invalid(f"The column “{chance.name}” holds values outside 0 to 1.")
    both = (costs.get("false_positive"), costs.get("false_negative"))
    threshold = declared.get("threshold", project.get("threshold", 0.5))
    return {
        "task": "binary",
        "truth": (truth.map(_name) == positive).to_numpy(int),
        "scores": scores,
        "classes": tuple(sorted(names, key=lambda one: one == positive)),
        "threshold": float(threshold),
        "costs": None if None in both else (float(both[0]), float(both[1])),
    }


def _several(truth: pd.Series, chances: pd.DataFrame, classes: tuple[str, ...]) -> dict[str, Any]:
    unknown = sorted(set(truth.map(_name)) - set(classes))
    if unknown:
        raise Invalid(f"There is no column probability_{unknown[0]} for the class “{unknown[0]}”.")
    if chances.isna().to_numpy().any():
        raise Invalid("Some probabilities are missing.")
    codes = truth.map(_name).map({name: at for at, name in enumerate(classes)})
    if len(classes) == 2:
        return {
            "task": "binary", "truth": codes.to_numpy(int), "classes": classes,
            "scores": chances.iloc[:, 1].to_numpy(float),
        }  # fmt: skip
    return {
        "task": "multiclass", "truth": codes.to_numpy(int), "classes": classes,
        "scores": chances.to_numpy(float),
    }  # fmt: skip


def _name(value: Any) -> str:
    whole = isinstance(value, (float, np.floating)) and float(value).is_integer()
    return str(int(value)) if whole else str(value)


def _table(file: Path) -> pd.DataFrame:
    if file.stat().st_size > LARGEST:
        raise Invalid(f"{file} has more than {LARGEST >> 20} MiB; keep fewer columns in it.")
    try:
        found = pd.read_parquet(file) if file.suffix == ".parquet" else pd.read_csv(file)
    except Exception as error:
        raise Invalid(f"{file} cannot be read: {str(error).splitlines()[0]:.200}.") from error
    return found.rename(columns=str)


def _first_part(table: pd.DataFrame) -> pd.DataFrame:
    """The most honest rows, where a column says which rows are which."""
    column = next((one for one in table.columns if one.lower() in ("part", "split", "usage")), None)
    if column is None:
        return table
    names = [str(one) for one in table[column].dropna().unique()]
    wanted = next((one for one in FIRST if one in names), None)
    return table if wanted is None else table[table[column].astype(str) == wanted]


def _declared(place: Path) -> tuple[dict[str, Any], Path | None]:
    """What the project above a run says of itself, and its folder."""
    for folder in (place, *place.absolute().parents):
        file = folder / "journeyman.toml"
        if file.is_file():
            try:
                return tomllib.loads(file.read_text("utf-8")), folder
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise Invalid(f"{file} cannot be read: {error}.") from error
    return {}, None


def _training(
    place: Path, declared: dict[str, Any], project: Path | None
) -> tuple[pd.DataFrame | None, str]:
    """The table that was learnt from: beside the predictions, else the project's main table."""
    target = str(declared.get("project", {}).get("target", ""))
    files = [place / one for one in TRAINING]
    data = declared.get("data", {})
    if project is not None and isinstance(data, dict) and data.get("table"):
        main = project / str(data.get("folder", "data/raw")) / str(data["table"])
        files += [main.with_name(f"{main.name}.parquet"), main.with_name(f"{main.name}.csv")]
    file = next((one for one in files if one.is_file()), None)
    if file is None:
        return None, target
    table = _table(file)
    if not target:
        target = next((one for one in TRUTHS if one in table), "")
    return table.head(MOST_ROWS), target
