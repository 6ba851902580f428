"""Fitting one model on one fold: what a worker does, and what it passes on."""

from __future__ import annotations

import os
import pickle
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import clone

from journeyman.house.encoding import Coding, coding
from journeyman.house.models import build
from journeyman.house.reading import Cells, Floats
from journeyman.house.recipes import Recipe
from journeyman.house.splits import Fold, Rows


@dataclass(frozen=True)
class Order:
    """Fit this recipe on that fold. ``fold`` -1 means all rows, with nothing to predict."""

    trial: int
    fold: int
    recipe: Recipe
    seed: int


@dataclass(frozen=True)
class Outcome:
    """What came of an order.

    Attributes:
        prediction: shape (validation rows, k), or None.
        trouble: one sentence if the model could not be fitted.
        seconds: of fitting and predicting, the encoding included when it was made for this.
    """

    trial: int
    fold: int
    seconds: float
    prediction: Floats | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Task:
    """What the workers share, written once to ``task.pickle``.

    Attributes:
        target: shape (n,): class numbers, or numbers.
        classes: how many; 0 for regression.
        sizes: values of each categorical column.
    """

    cells: Cells
    target: Floats
    classes: int
    sizes: tuple[int, ...]
    folds: tuple[Fold, ...]
    seed: int

    def rows(self, fold: int) -> Fold:
        """Training and validation rows of a fold."""
        if fold < 0:
            return np.arange(len(self.target)), np.arange(0)
        return self.folds[fold]

    def columns(self, rows: Rows, *, log: bool = False) -> Floats:
        """The target as columns, for codings that look at it."""
        if self.classes:
            return np.asarray(np.eye(self.classes)[self.target[rows].astype(int)])
        target = self.target[rows]
        return np.asarray((np.log1p(target) if log else target)[:, None])


@dataclass
class Scaled:
    """A fitted model with its target's scale.

    Attributes:
        model: scikit-learn's.
        classes: how many columns to give; 0 for regression.
        log: the model predicts the logarithm of 1 + target.
        middle, spread: of the (logged) target in training.
        low, high: predictions stay within the range of the training targets, widened a little,
            so that no smooth model runs away on a row unlike all others.
    """

    model: Any
    classes: int
    log: bool = False
    middle: float = 0.0
    spread: float = 1.0
    low: float = -np.inf
    high: float = np.inf

    def fit(self, matrix: Floats, target: Floats) -> Scaled:
        """Fit the model on a matrix and the target as it is."""
        if self.classes:
            self.model.fit(matrix, target.astype(np.int64))
            return self
        goal = np.log1p(target) if self.log else target
        self.middle, self.spread = float(goal.mean()), float(goal.std()) or 1.0
        room = 0.1 * float(goal.max() - goal.min())
        self.low, self.high = float(goal.min()) - room, float(goal.max()) + room
        self.model.fit(matrix, (goal - self.middle) / self.spread)
        return self

    def predict(self, matrix: Floats) -> Floats:
        """Shape (n, k): probabilities of every class, or one column of numbers."""
        if self.classes:
            found = np.zeros((len(matrix), self.classes))
            known = np.asarray(self.model.classes_, dtype=int)
            found[:, known] = self.model.predict_proba(matrix)
            return found
        raw = np.asarray(self.model.predict(matrix)) * self.spread + self.middle
        raw = np.clip(raw, self.low, self.high)
        return np.asarray((np.expm1(raw) if self.log else raw)[:, None])


class Bench:
    """Fits what is ordered; keeps the matrices of the codings that it made last."""

    KEPT = 256 * 2**20

    def __init__(self, task: Task, folder: Path) -> None:
        self.task = task
        self.folder = folder
        self.made: dict[tuple[str, int, bool], tuple[Floats, Floats, Coding]] = {}

    def fit(self, order: Order) -> Outcome:
        """Fit one model on one fold, write it to its file and predict the validation rows."""
        began = time.perf_counter()
        recipe = order.recipe
        train, _ = self.task.rows(order.fold)
        matrix, unseen, made = self._coded(recipe, order.fold)
        model = self._model(order, made)
        fitted = Scaled(model, self.task.classes, recipe.log).fit(matrix, self.task.target[train])
        prediction = fitted.predict(unseen) if len(unseen) else None
        if prediction is not None and not np.isfinite(prediction).all():
            return Outcome(order.trial, order.fold, 0.0, trouble="it predicted no finite number")
        save(self.folder / model_file(order.trial, order.fold), fitted)
        seconds = time.perf_counter() - began
        return Outcome(order.trial, order.fold, seconds, prediction)

    def _model(self, order: Order, made: Coding) -> Any:
        if order.recipe.estimator is not None:
            return clone(order.recipe.estimator)
        return build(
            order.recipe.family,
            order.recipe.settings,
            labels=bool(self.task.classes),
            seed=order.seed,
            categorical=getattr(made, "categorical", ()),
        )

    def _coded(self, recipe: Recipe, fold: int) -> tuple[Floats, Floats, Coding]:
        key = (recipe.coding, fold, recipe.log)
        if key not in self.made:
            while self.made and sum(one[0].nbytes for one in self.made.values()) > self.KEPT:
                self.made.pop(next(iter(self.made)))
            train, valid = self.task.rows(fold)
            made = coding(recipe.coding, self.task.sizes, self.task.seed)
            columns = self.task.columns(train, log=recipe.log)
            matrix = made.fit_rows(self.task.cells.rows(train), columns)
            unseen = made.rows(self.task.cells.rows(valid)) if len(valid) else matrix[:0]
            save(self.folder / coding_file(*key), made)
            self.made[key] = (matrix, unseen, made)
        return self.made[key]


TASK = "task.pickle"
"""The file that the workers wait for."""


def model_file(trial: int, fold: int) -> str:
    """Where a fitted model lies."""
    return f"model-{trial}-{fold}.pickle"


def coding_file(name: str, fold: int, log: bool) -> str:
    """Where a fitted coding lies; it is the same for every model of that fold."""
    return f"coding-{name}-{fold}-{int(log)}.pickle"


def save(file: Path, thing: Any) -> None:
    """Whole or not at all."""
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(pickle.dumps(thing, protocol=5))
    part.replace(file)


def load(file: Path) -> Any:
    """What one of our own workers wrote."""
    return pickle.loads(file.read_bytes())  # noqa: S301  # written by us a moment ago
