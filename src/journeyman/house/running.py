"""The house run itself: from a table and a target to models, within a stated time."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from journeyman.errors import Invalid
from journeyman.house import blend
from journeyman.house.assembling import Chosen, assemble
from journeyman.house.crew import Crew
from journeyman.house.encoding import MOST_HOT, RARE
from journeyman.house.fitting import TASK, Order, Task, save
from journeyman.house.given import Given, check
from journeyman.house.goal import Goal
from journeyman.house.models import lightgbm_is_there
from journeyman.house.reading import Floats, Reader
from journeyman.house.recipes import Recipe, Shape, guess, portfolio
from journeyman.house.result import HouseRun, sharpen
from journeyman.house.search import Progress, Search
from journeyman.house.splits import Fold, make_folds

POWERS = np.round(np.arange(0.6, 1.85, 0.05), 2)
SHARPENED = {"log_loss", "multiclass_log_loss", "brier"}
HURRY = 0.1
"""From this share of the budget for one fit of boosting on, the run takes larger steps."""
MODELS_PER_FIT = 6
"""A budget should hold about this many fits of boosting on every fold; else there are fewer."""


def run(  # noqa: PLR0913  # each is a wish that a caller may have
    X: pd.DataFrame,  # noqa: N803  # the name that scikit-learn taught everybody
    y: Any,
    *,
    task: Literal["auto", "classification", "binary", "multiclass", "regression"],
    metric: str,
    seconds: float,
    cores: int = 2,
    groups: Any = None,
    times: Any = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    trials: int = 200,
    recipes: Sequence[Recipe] | None = None,
) -> HouseRun:
    """Fit the house's models within ``seconds`` of the clock and weigh them.

    Args:
        X: the rows; numbers, strings, dates, texts and missing cells as they come.
        y: the target, one value a row.
        task: what to predict; ``auto`` takes numbers with more than 20 values for regression.
        metric: a name of `journeyman.scoring.registry`.
        seconds: of the clock, from the call to the answer.
        cores: processes that fit at the same time, one thread each.
        groups: what each row belongs to; rows of one group stay on one side of a split.
        times: when each row was; validation rows then always follow the training rows.
        seed: every random choice follows from it.
        progress: called a few times a second with what is measured.
        cancel: asked a few times a second; True ends the run with what there is.
        trials: at most so many. If all are done before the time is up, the same table and seed
            give the same models.
        recipes: tried in place of the fixed portfolio; may hold estimators of your own.

    Raises:
        Invalid: the table or target cannot be used; one sentence says why.
        NotFound: there is no such metric.

    >>> rng = np.random.default_rng(0)
    >>> table = pd.DataFrame({"a": rng.normal(size=200), "b": rng.normal(size=200)})
    >>> house = run(table, table.a > 0, task="binary", metric="auc", seconds=20,
    ...             trials=1)  # doctest: +SKIP
    >>> house.score.value > 0.95  # doctest: +SKIP
    True
    """
    began = time.monotonic()
    if not seconds > 0 or cores < 1 or trials < 1:
        raise Invalid("A house run needs a time above 0 seconds, 1 core and 1 trial at least.")
    given = check(X, y, task, groups, times)
    goal = Goal.of(metric, given.task, tuple(str(one) for one in given.classes))
    folder = Path(tempfile.mkdtemp(prefix="journeyman-house-"))
    try:
        return _Running(
            given, goal, seconds, cores, seed, began, folder, trials, recipes, _crowding(cores)
        ).go(progress, cancel)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class _Running:
    given: Given
    goal: Goal
    budget: float
    cores: int
    seed: int
    began: float
    folder: Path
    trials: int
    recipes: Sequence[Recipe] | None
    crowding: float = 1.0

    def go(
        self,
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> HouseRun:
        # The workers read their libraries, which takes seconds, while the table is read here.
        workers, memory = _room(self.cores, 12 * self.given.table.size)
        with Crew(self.folder, workers, memory) as crew:
            return self._with(crew, progress, cancel)

    def _with(
        self,
        crew: Crew,
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> HouseRun:
        reader = Reader.of(self.given.table)
        cells = reader.read(self.given.table)
        sizes = tuple(len(column.values) for column in reader.categories)
        shape = self._shape(cells.numbers.shape[1], sizes)
        shape = replace(shape, hurried=self._boosting(shape) > HURRY * self.budget)
        folds = self._folds(shape)
        again = self.given.times is not None or len(folds) == 1
        task = Task(
            cells, self.given.target, len(self.given.classes), sizes, tuple(folds), self.seed
        )
        save(self.folder / TASK, task)
        # Weighing and reading the models takes longer where others use the machine too.
        spare = min(1.0 + 0.04 * self.budget, 0.1 * self.budget) * min(self.crowding, 3.0)
        deadline = self.began + self.budget
        latest = deadline - spare
        end = latest - (0.15 * self.budget if again else 0.0)
        log = self.goal.metric.name == "rmsle"
        search = Search(
            task, self.goal, shape, self._portfolio(shape, log), crew, self.began, self.budget,
            end, latest, self.trials, progress, cancel, log, again, self.crowding,
        )  # fmt: skip
        search.run()
        search.tell("weighing")
        weights, sharpness = self._weigh(search, deadline - 0.5 * spare)
        refitted: set[int] = set()
        if again and not search.cancelled:
            search.tell("fitting again")
            refitted = self._again(search, weights, deadline - 0.3 * spare)
        crew.stop()
        run = assemble(self.given, search, reader, Chosen(weights, sharpness, frozenset(refitted)))
        search.tell("done")
        return run

    def _portfolio(self, shape: Shape, log: bool) -> list[Recipe]:
        found = list(self.recipes) if self.recipes is not None else portfolio(shape)
        if log:  # the metric asks for ratios: everything is fitted on the logarithm, once
            found = [replace(one, log=True) for one in found if not one.log]
        return found[: self.trials]

    def _shape(self, numbers: int, sizes: tuple[int, ...]) -> Shape:
        target, classes = self.given.target, len(self.given.classes)
        counts = np.bincount(target.astype(int)) if classes else np.array([len(target)])
        skewed = False
        if not classes and target.min() >= 0:
            skewed = bool(pd.Series(target).skew() > 1.0)  # type: ignore[operator]
        return Shape(
            self.given.task,
            len(target),
            numbers + len(sizes),
            numbers + sum(min(size, MOST_HOT, len(target) // RARE) for size in sizes),
            max(1, classes),
            int(counts[counts > 0].min()),
            skewed,
            lightgbm_is_there(),
        )

    def _boosting(self, shape: Shape) -> float:
        """Seconds that one fit of boosting may take here."""
        boosting = next(one for one in portfolio(shape) if one.family == "boosting")
        return guess(boosting, shape) * self.crowding

    def _folds(self, shape: Shape) -> list[Fold]:
        """As many folds as the time allows; small tables get more, they need them."""
        room = 0.5 * self.budget * self.cores / (MODELS_PER_FIT * self._boosting(shape))
        count = 1 if room < 2 else 3 if room < 4 else 5 if room < 7 else 8
        # One part of a small table says too little; a large table does not need eight.
        count = max(count, 3) if shape.rows < 5_000 else min(count, 5)
        if self.given.times is not None:
            count = min(count, 3)
        if self.given.groups is not None:
            count = min(count, len(pd.unique(self.given.groups)))
        return make_folds(
            self.given.target,
            count=count,
            labels=bool(self.given.classes),
            groups=self.given.groups,
            times=self.given.times,
            seed=self.seed,
        )

    def _weigh(self, search: Search, until: float) -> tuple[dict[int, float], float]:
        """The weight of every finished trial that has one, and the sharpening."""
        finished = search.finished()
        if not finished:
            return {}, 1.0
        target = self.given.target[search.rows]
        stacked = [search.stacked(attempt) for attempt in finished]
        rows = np.arange(len(target))
        if len(rows) > 20_000:  # enough to choose weights by
            rows = np.random.default_rng(self.seed).permutation(rows)[:20_000]
        chosen = blend.select(
            [one[rows] for one in stacked],
            lambda p: self.goal.loss(target[rows], p),
            stop=lambda: time.monotonic() > until,
        )
        weights = {a.number: float(w) for a, w in zip(finished, chosen, strict=True) if w}
        mean = np.asarray(sum(w * p for w, p in zip(chosen, stacked, strict=True) if w))
        return weights, self._sharpness(target, mean)

    def _sharpness(self, target: Floats, mean: Floats) -> float:
        """Means of probabilities are too timid; one number, fitted out of fold, mends it."""
        if not self.given.classes or self.goal.metric.name not in SHARPENED:
            return 1.0
        losses = [self.goal.loss(target, sharpen(mean, power)) for power in POWERS]
        return float(POWERS[int(np.argmin(losses))])

    def _again(self, search: Search, weights: dict[int, float], until: float) -> set[int]:
        """Fit the chosen ones on all rows, heaviest first, as far as time allows."""
        crew, done = search.crew, set()
        crew.abandon()
        waiting = sorted(weights, key=lambda number: -weights[number])
        while crew.workers and time.monotonic() < until:
            for worker in crew.idle():
                if waiting:
                    number = waiting.pop(0)
                    recipe = search.attempts[number].recipe
                    worker.give(Order(number, -1, recipe, self.seed * 1000 + number), until)
            if not crew.busy():
                break
            for outcome in crew.collect(until):
                if not outcome.trouble:
                    done.add(outcome.trial)
        return done


def _room(cores: int, size: int) -> tuple[int, int]:
    """How many workers, and how many bytes each may take, so that the machine stays well."""
    free = _free_bytes()
    need = 400 * 2**20 + 12 * size  # a worker with its libraries, and a few copies of the table
    workers = max(1, min(cores, int(0.8 * free // need)))
    return workers, max(int(0.8 * free / workers), need)


def _crowding(cores: int) -> float:
    """How many times slower than alone: others may be using the same processors."""
    try:
        load = os.getloadavg()[0]
    except (AttributeError, OSError):
        return 1.0
    return max(1.0, (load + cores) / (os.cpu_count() or cores))


def _free_bytes() -> int:
    """Memory that can be had now; without a way to ask, a modest guess."""
    found = 4 * 2**30
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        found = int(next(one for one in lines if one.startswith("MemAvailable")).split()[1]) * 1024
    with contextlib.suppress(OSError, ValueError):
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text("ascii"))
        found = min(found, limit - int(Path("/sys/fs/cgroup/memory.current").read_text("ascii")))
    return max(found, 2**29)
