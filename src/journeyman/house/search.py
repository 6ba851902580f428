"""The search within a budget: which fit is ordered next, and what is given up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from journeyman.house.crew import TOO_LONG, Crew
from journeyman.house.fitting import Order, Outcome, Task
from journeyman.house.goal import Goal
from journeyman.house.reading import Floats
from journeyman.house.recipes import Recipe, Shape, guess
from journeyman.house.result import State
from journeyman.house.variations import VARIED, vary

LOOK = 0.25
"""Seconds between looks at the clock and at ``cancel``."""
SHARE = 0.35
"""One fit may take this share of the budget before it counts as one that never ends."""
DRAWS = 20
"""Variations drawn in search of one that fits."""
LARGEST = 0.45
"""A recipe of the portfolio may be expected to take this share of the budget, not more."""


@dataclass
class Attempt:
    """A recipe on its way through the folds."""

    number: int
    recipe: Recipe
    ordered: int = 0
    done: dict[int, Floats] = field(default_factory=dict)
    losses: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0
    state: State | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Progress:
    """Where a run stands: measured, never estimated.

    Attributes:
        seconds, budget: of the clock.
        done: trials that are finished, whatever came of them.
        running: names of what is being fitted now.
        best: best score so far on validation rows, or None.
        stage: ``trying``, ``weighing``, ``fitting again`` or ``done``.
    """

    seconds: float
    budget: float
    done: int
    running: tuple[str, ...]
    best: float | None
    stage: str


@dataclass
class Search:
    """One search. ``run`` goes on until the end, the last trial or ``cancel``.

    Attributes:
        end: instant (monotonic) by which fitting stops; ``latest``: if nothing is there yet.
        most: trials at most.
        log: every recipe fits the logarithm of the target.
        crowding: how many times slower than alone the machine is, before anything is measured.
        once: models are fitted again on all rows, not averaged over the folds.
    """

    task: Task
    goal: Goal
    shape: Shape
    portfolio: list[Recipe]
    crew: Crew
    began: float
    budget: float
    end: float
    latest: float
    most: int
    progress: Callable[[Progress], None] | None = None
    cancel: Callable[[], bool] | None = None
    log: bool = False
    once: bool = False
    crowding: float = 1.0
    attempts: list[Attempt] = field(default_factory=list)
    measured: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    deferred: list[Attempt] = field(default_factory=list)
    drawn: int = 0
    cancelled: bool = False
    best: float | None = None
    told: float = -np.inf

    @property
    def folds(self) -> int:
        """How many folds a trial has."""
        return len(self.task.folds)

    def run(self) -> None:
        """Order, collect, decide, until nothing is left to do or no time to do it in."""
        while self.crew.workers and self._goes_on():
            if self.cancel is not None and self.cancel():
                self.cancelled = True
                break
            self._give()
            if not self.crew.busy():
                break
            for outcome in self.crew.collect(min(self.end, time.monotonic() + LOOK)):
                self._record(outcome)
            self._tell("trying")
        for attempt in self.attempts:
            if attempt.state is None:
                why = "the run was cancelled" if self.cancelled else "the time was up"
                attempt.state, attempt.trouble = "stopped", f"{why} before its last fold"

    def _goes_on(self) -> bool:
        """Until the end; if nothing but the constant is there by then, a little longer."""
        if time.monotonic() >= self.end and all(
            attempt.recipe.family == "dummy" for attempt in self.finished()
        ):
            self.end = self.latest
        return time.monotonic() < self.end

    def _give(self) -> None:
        for worker in self.crew.idle():
            order = self._next()
            if order is None:
                return
            expected = max(
                self._expected(order.recipe), guess(order.recipe, self.shape) * self.crowding
            )
            cap = max(SHARE * self.budget, 6 * expected)
            worker.give(order, min(self.end, time.monotonic() + cap))

    def _next(self) -> Order | None:
        for attempt in self.attempts:
            if attempt.state is None and attempt.ordered < self.folds and self._ready(attempt):
                return self._order(attempt)
        begun = self._begin()
        return None if begun is None else self._order(begun)

    def _ready(self, attempt: Attempt) -> bool:
        """A variation waits for the outcome of its first fold: it may be dropped after it."""
        varied = attempt.number >= len(self.portfolio)
        return not varied or attempt.ordered == 0 or bool(attempt.done)

    def _order(self, attempt: Attempt) -> Order:
        fold = attempt.ordered
        attempt.ordered += 1
        return Order(attempt.number, fold, attempt.recipe, self.task.seed * 1000 + attempt.number)

    def _begin(self) -> Attempt | None:
        """The next recipe that fits into the time left, or the cheapest that may still do."""
        while len(self.attempts) < len(self.portfolio):
            attempt = self._take(self.portfolio[len(self.attempts)])
            if self._fits(attempt.recipe, LARGEST):
                return attempt
            attempt.state, attempt.trouble = (
                "stopped",
                "it would have needed more time than is left",
            )
            self.deferred.append(attempt)
        if any(a.state is None for a in self.attempts[: len(self.portfolio)]):
            return None  # what did well decides what is varied
        return self._second_thought(whole=True) or self._variation() or self._second_thought()

    def _variation(self) -> Attempt | None:
        """A random variation that fits into the time left; the next numbers may be cheaper."""
        self.shares = self.shares or self._weigh()
        if not self.shares or len(self.attempts) >= self.most:
            return None
        for _ in range(DRAWS):
            recipe = vary(self.drawn, self.task.seed, self.shape, self.shares)
            self.drawn += 1
            if self._fits(recipe, 1.0):
                return self._take(replace(recipe, log=recipe.log or self.log))
        return None

    def _second_thought(self, *, whole: bool = False) -> Attempt | None:
        """The cheapest recipe put aside: if all its folds fit now, or if nothing else is left.

        Guesses are rough and an idle core is worth nothing; a busy one should end what it begins.
        """
        if not self.deferred:
            return None
        attempt = min(self.deferred, key=lambda one: self._expected(one.recipe))
        if whole and not self._fits(attempt.recipe, 1.0):
            return None
        self.deferred.remove(attempt)
        attempt.state, attempt.trouble = None, ""
        return attempt

    def _take(self, recipe: Recipe) -> Attempt:
        self.attempts.append(Attempt(len(self.attempts), recipe))
        return self.attempts[-1]

    def _expected(self, recipe: Recipe) -> float:
        """Seconds of one fit: the rough guess, corrected by what was measured."""
        own = self.measured.get(recipe.family, [])
        every = [pair for pairs in self.measured.values() for pair in pairs]
        ratio = self.crowding
        if own or every:
            # Sums, not ratios one by one: of a fit that takes no time most is overhead.
            taken, guessed = np.sum(own or every, axis=0)
            ratio = taken / max(guessed, 1e-3)
        return float(guess(recipe, self.shape) * ratio)

    def _fits(self, recipe: Recipe, share: float) -> bool:
        if recipe.estimator is not None:
            return True  # nobody can guess a caller's own model; its limit holds anyway
        rounds = -(-self.folds // max(1, len(self.crew.workers)))
        left = min(self.end - time.monotonic(), share * self.budget)
        return self._expected(recipe) * rounds <= left

    def _record(self, outcome: Outcome) -> None:
        attempt = self.attempts[outcome.trial]
        attempt.seconds += outcome.seconds
        if outcome.trouble or outcome.prediction is None:
            over = outcome.trouble == TOO_LONG and time.monotonic() >= self.end
            if attempt.state is None and not over:  # what the end cut off is told at the end
                attempt.state, attempt.trouble = "failed", outcome.trouble
            return
        if attempt.recipe.family != "dummy":  # that one says nothing about the others
            self.measured.setdefault(attempt.recipe.family, []).append(
                (outcome.seconds, guess(attempt.recipe, self.shape))
            )
        rows = self.task.folds[outcome.fold][1]
        attempt.done[outcome.fold] = outcome.prediction
        attempt.losses[outcome.fold] = self.goal.loss(self.task.target[rows], outcome.prediction)
        if len(attempt.done) == self.folds:
            attempt.state = "done"
            value = self.goal.value(self.task.target[self.rows], self.stacked(attempt))
            if self.best is None or self.goal.metric.gain(value, self.best) > 0:
                self.best = value
        elif attempt.state is None:
            self._reconsider(attempt)

    def _reconsider(self, attempt: Attempt) -> None:
        """Give up a trial that cannot be finished, or a variation that began badly."""
        each = attempt.seconds / len(attempt.done)
        missing = self.folds - attempt.ordered
        rounds = -(-missing // max(1, len(self.crew.workers)))
        if missing and each * rounds > self.end - time.monotonic():
            attempt.state, attempt.trouble = "stopped", "there was no time for its other folds"
            return
        if attempt.number < len(self.portfolio) or 0 not in attempt.losses:
            return
        # Only the portfolio is the yardstick, so that the decision does not hang on timing.
        others = [a.losses[0] for a in self.attempts[: len(self.portfolio)] if a.state == "done"]
        if len(others) > 1 and attempt.losses[0] > np.median(others):
            attempt.state = "dropped"
            attempt.trouble = "its first fold was worse than half of the portfolio's"

    def _weigh(self) -> dict[str, float]:
        """How often each family is varied: by its best place in the portfolio, halving."""
        places: dict[str, int] = {}
        done = [a for a in self.attempts if a.state == "done" and a.recipe.family in VARIED]
        for attempt in sorted(done, key=lambda a: float(np.mean(list(a.losses.values())))):
            places.setdefault(attempt.recipe.family, len(places))
        return {family: 0.6**place for family, place in places.items()}

    @property
    def rows(self) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """The validation rows of all folds, fold after fold."""
        return np.concatenate([valid for _, valid in self.task.folds])

    def stacked(self, attempt: Attempt) -> Floats:
        """Predictions of a finished trial in the order of ``rows``."""
        return np.concatenate([attempt.done[fold] for fold in range(self.folds)])

    def finished(self) -> list[Attempt]:
        """Trials with predictions for every fold."""
        return [attempt for attempt in self.attempts if attempt.state == "done"]

    def _tell(self, stage: str, every: float = 0.5) -> None:
        now = time.monotonic()
        if self.progress is None or now - self.told < every:
            return
        self.told = now
        orders = [worker.order for worker in self.crew.workers if worker.order is not None]
        self.progress(
            Progress(
                now - self.began,
                self.budget,
                sum(attempt.state is not None for attempt in self.attempts),
                tuple(order.recipe.name for order in orders),
                self.best,
                stage,
            )
        )

    def tell(self, stage: str) -> None:
        """Say where the run stands, now."""
        self._tell(stage, 0.0)
