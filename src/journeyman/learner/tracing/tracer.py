"""The knowledge tracer: from a log of responses to the chance that the next answer is right.

One configuration for every log. State, linear model, recurrent network and the surprises of
situations are read by boosted trees; a small blend, fitted on learners that the trees did not see,
calibrates the result. See ``docs/explanation/knowledge-tracing.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from journeyman.errors import Invalid
from journeyman.learner.tracing.blend import Blend
from journeyman.learner.tracing.inner import Inner
from journeyman.learner.tracing.log import Floats, Log, Rows, Skills
from journeyman.learner.tracing.measures import losses
from journeyman.learner.tracing.norms import sigmoid
from journeyman.learner.tracing.state import LearnerState
from journeyman.learner.tracing.trees import Forest

TREES = 240
EVERY = 20
"""The number of trees is chosen among multiples of this, on held-out learners."""
FEW = 2000
"""Held-out answers at which the trees are trusted as much as the models that they read."""
ENOUGH = 100_000
"""Held-out answers used at most."""


@dataclass
class Tracing:
    """Where one learner stands; changed by :meth:`Tracer.update`."""

    state: LearnerState
    sums: NDArray[np.float32]


@dataclass(frozen=True)
class Tracer:
    """A fitted tracer.

    >>> from journeyman.learner.tracing.log import Response
    >>> answers = [(who, k) for who in range(30) for k in range(6)]
    >>> log = Log.of(
    ...     Response(f"u{who}", f"i{k}", ("sums",), who % 3 > 0 or k == 2) for who, k in answers
    ... )
    >>> tracer = Tracer.fit(log)
    >>> ann = tracer.start()
    >>> before = tracer.predict(ann, "i0", ("sums",))
    >>> tracer.update(ann, "i1", ("sums",), correct=False)
    >>> tracer.predict(ann, "i0", ("sums",)) < before
    True
    """

    inner: Inner
    forest: Forest
    blend: Blend

    @classmethod
    def fit(cls, log: Log, *, seed: int = 0) -> Tracer:
        """Fit on the responses of some learners, to predict others.

        Args:
            log: Training learners only; at least two of them, right and wrong answers.
            seed: Of inner folds, first weights and trees.

        Raises:
            Invalid: if the log has a single learner or all answers are alike.
        """
        check(log)
        inner = Inner.fit(log, seed)
        held = inner.fold == 0
        trial = Forest.fit(inner.columns[~held], log.correct[~held], trees=TREES, seed=seed)
        rows = np.flatnonzero(held)[:ENOUGH]
        trees, blend = _finish(trial, inner, log, rows)
        forest = Forest.fit(inner.columns, log.correct, trees=trees, seed=seed)
        return cls(inner, forest, blend)

    def start(self) -> Tracing:
        """A learner of whom nothing is known."""
        return Tracing(LearnerState(self.inner.norms), self.inner.models.recurrent.start())

    def predict(
        self, tracing: Tracing, item: str, skills: Skills, time: float | None = None
    ) -> float:
        """Probability that the learner answers this item right.

        Args:
            tracing: Where the learner stands; not changed.
            item: Any name; an item never met in training counts by its skills.
            skills: The skills that the item asks for.
            time: Now, in seconds on the clock of the log, or None.
        """
        state, models = tracing.state, self.inner.models
        row = state.features(item, skills, time)
        codes = self.inner.terms.codes
        terms = [(codes[key], value) for key, value in state.terms(item, skills) if key in codes]
        linear = models.linear.one(row, terms)
        recurrent = models.recurrent.correct(tracing.sums, item, skills, linear)
        situations = map(self.inner.contexts.codes.get, state.contexts(item, skills))
        columns = [*row, linear, recurrent, *map(models.surprises.one, situations)]
        # single precision, on which the trees were grown: a value must fall on the same side
        grown = self.forest.one(np.array(columns, dtype=np.float32))
        mixed = self.blend.one((linear, recurrent, grown))
        plain = self.inner.plain
        return sigmoid(mixed if plain is None else plain.mix_one(mixed, row, terms))

    def update(
        self,
        tracing: Tracing,
        item: str,
        skills: Skills,
        *,
        correct: bool,
        time: float | None = None,
        duration: float | None = None,
    ) -> None:
        """Add one answer to what is known of the learner, in constant time."""
        recurrent = self.inner.models.recurrent
        tracing.sums = recurrent.step(tracing.sums, item, skills, correct=correct)
        tracing.state.update(item, skills, correct=correct, time=time, duration=duration)

    def predict_log(self, log: Log) -> Floats:
        """The same probabilities for a whole log, each before its answer, shape (n,)."""
        table, terms = self.inner.table(log)
        columns, stacked = self.inner.read(log, table, terms)
        mixed = self.blend.mix(np.column_stack([stacked, self.forest.many(columns)]))
        plain = self.inner.plain
        found: Floats = expit(mixed if plain is None else plain.mix(mixed, table.dense, terms))
        return found


def _finish(trial: Forest, inner: Inner, log: Log, rows: Rows) -> tuple[int, Blend]:
    """How many trees are best on held-out answers, and the blend at that number."""
    correct = log.correct[rows]
    stages = list(trial.stages(inner.columns[rows], EVERY))
    best = int(np.argmin([losses(correct, expit(one)).mean() for one in stages]))
    trusted = len(rows) / (len(rows) + FEW)
    prior = np.array([(1.0 - trusted) / 2.0, (1.0 - trusted) / 2.0, trusted])
    blend = Blend.fit(np.column_stack([inner.stacked[rows], stages[best]]), correct, prior)
    return min((best + 1) * EVERY, TREES), blend


def check(log: Log, name: str = "the log") -> None:
    """Refuse a log from which nothing can be learnt.

    Raises:
        Invalid: if it has a single learner or all answers are alike; it calls the log ``name``.
    """
    if len(log.present()) < 2:
        raise Invalid(f"There is one learner in {name}; the models need at least two.")
    if log.correct.min() == log.correct.max():
        alike = "right" if log.correct[0] else "wrong"
        raise Invalid(f"Every answer in {name} is {alike}: there is nothing to predict.")
