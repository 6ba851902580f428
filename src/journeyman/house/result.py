"""What a house run gives back: everything that was tried, and models that predict."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from journeyman.errors import Invalid
from journeyman.house.encoding import Coding
from journeyman.house.fitting import Scaled
from journeyman.house.reading import Column, Floats, Reader
from journeyman.house.recipes import Task
from journeyman.house.splits import Rows
from journeyman.scoring.resampling import Interval

State = Literal["done", "failed", "stopped", "dropped"]


@dataclass(frozen=True)
class Trial:
    """One thing that was tried.

    Attributes:
        state: ``done``; ``failed`` (it could not be fitted); ``stopped`` (no time for all its
            folds); ``dropped`` (its first fold was worse than half of the portfolio's).
        score: on the validation rows of all folds, with a 95 % interval; only when done.
        seconds: of one core.
        weight: share in the mean that predicts.
        trouble: why it is not done, one sentence.
    """

    name: str
    family: str
    why: str
    settings: dict[str, Any]
    state: State
    seconds: float
    score: Interval | None = None
    weight: float = 0.0
    trouble: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "name": self.name,
            "family": self.family,
            "why": self.why,
            "settings": {key: _plain(value) for key, value in self.settings.items()},
            "state": self.state,
            "seconds": round(self.seconds, 3),
            "score": None if self.score is None else interval_json(self.score),
            "weight": self.weight,
            "trouble": self.trouble,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (int, float, str, bool, type(None))) else str(value)


def interval_json(score: Interval) -> dict[str, float | None]:
    """A score as plain data; what is not known is null."""
    parts = {"value": score.value, "low": score.low, "high": score.high, "error": score.error}
    return {key: value if np.isfinite(value) else None for key, value in parts.items()}


@dataclass(frozen=True)
class Member:
    """One model of the ensemble: its weight, and a fitted coding and model for each fold."""

    name: str
    weight: float
    parts: tuple[tuple[tuple[str, int, bool], Scaled], ...]


@dataclass(frozen=True)
class HouseRun:
    """The house's answer to a table.

    Attributes:
        score: of the whole on validation rows, estimated on halves that the weights were not
            chosen on, with a 95 % interval.
        seconds, budget: taken and granted, of the clock.
        stopped: ``done`` (all trials), ``time`` or ``cancelled``.
        split: how rows were divided, in words.
        notes: what a reader should know about the table and the run.
        columns: what each column was taken for.
        out_of_fold: shape (n, k), NaN in rows that were never validation rows.
    """

    task: Task
    metric: str
    better: Literal["higher", "lower"]
    classes: tuple[Any, ...]
    score: Interval
    trials: tuple[Trial, ...]
    seconds: float
    budget: float
    stopped: Literal["done", "time", "cancelled"]
    split: str
    seed: int
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    out_of_fold: Floats = field(repr=False)
    reader: Reader = field(repr=False)
    members: tuple[Member, ...] = field(repr=False)
    codings: dict[tuple[str, int, bool], Coding] = field(repr=False)
    sharpness: float = 1.0

    @property
    def covered(self) -> Rows:
        """Rows that have an out-of-fold prediction."""
        return np.flatnonzero(~np.isnan(self.out_of_fold[:, 0]))

    def predict_proba(self, table: pd.DataFrame) -> Floats:
        """Probabilities, shape (n, k), columns in the order of ``classes``.

        Raises:
            Invalid: this run predicts numbers, or columns are missing.
        """
        if self.task == "regression":
            raise Invalid("This run predicts numbers; use predict.")
        return self._blend(table)

    def predict(self, table: pd.DataFrame) -> npt.NDArray[Any]:
        """Numbers, or the likeliest class of each row; shape (n,).

        Raises:
            Invalid: columns are missing.
        """
        blended = self._blend(table)
        if self.task == "regression":
            return np.asarray(blended[:, 0])
        names = np.asarray(self.classes, dtype=_label_type(self.classes))
        return np.asarray(names[blended.argmax(axis=1)])

    def only(self, name: str) -> HouseRun:
        """The same run predicting with one of its members alone.

        Raises:
            Invalid: no member has that name.
        """
        chosen = [member for member in self.members if member.name == name]
        if not chosen:
            names = ", ".join(member.name for member in self.members)
            raise Invalid(f"No model {name!r} is in the ensemble; it has {names}.")
        return replace(self, members=(replace(chosen[0], weight=1.0),), sharpness=1.0)

    def _blend(self, table: pd.DataFrame) -> Floats:
        with threadpool_limits(limits=1):  # threads cost more than they give on a few rows
            return self._blended(table)

    def _blended(self, table: pd.DataFrame) -> Floats:
        cells = self.reader.read(table)
        matrices: dict[tuple[str, int, bool], Floats] = {}
        total = np.zeros((len(cells), max(1, len(self.classes))))
        for member in self.members:
            for key, model in member.parts:
                if key not in matrices:
                    matrices[key] = self.codings[key].rows(cells)
                total += member.weight / len(member.parts) * model.predict(matrices[key])
        return sharpen(total, self.sharpness) if self.classes else total

    def to_json(self) -> dict[str, Any]:
        """Everything but the models and the predictions, as plain data."""
        return {
            "task": self.task,
            "metric": self.metric,
            "better": self.better,
            "classes": [str(one) for one in self.classes],
            "score": interval_json(self.score),
            "trials": [trial.to_json() for trial in self.trials],
            "seconds": round(self.seconds, 3),
            "budget": self.budget,
            "stopped": self.stopped,
            "split": self.split,
            "seed": self.seed,
            "notes": list(self.notes),
            "columns": [column.to_json() for column in self.columns],
            "sharpness": self.sharpness,
        }

    def explain(self) -> str:
        """What was tried and why, as text for a terminal."""
        done = sum(trial.state == "done" for trial in self.trials)
        lines = [
            f"{self.metric} {_spoken(self.score)} ({self.better} is better), {self.split}.",
            f"{done} of {len(self.trials)} trials, {self.seconds:.0f} of {self.budget:.0f} s.",
            "",
        ]
        for trial in sorted(self.trials, key=lambda one: -one.weight):
            said = trial.trouble if trial.score is None else _spoken(trial.score)
            share = f", weight {trial.weight:.2f}" if trial.weight else ""
            lines.append(f"- {trial.name} ({trial.seconds:.1f} s{share}): {said}. {trial.why}.")
        return "\n".join([*lines, *(f"! {note}" for note in self.notes)])


def _spoken(score: Interval) -> str:
    return f"{score.value:.4f} [{score.low:.4f}, {score.high:.4f}]"


def _label_type(classes: tuple[Any, ...]) -> Any:
    return object if isinstance(classes[0], str) else None


def sharpen(probabilities: Floats, power: float) -> Floats:
    """Probabilities to a power, made to add up to 1 again; 1 leaves them as they are."""
    if power == 1.0:
        return probabilities
    raised = np.clip(probabilities, 1e-9, 1.0) ** power
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
