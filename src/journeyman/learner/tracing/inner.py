"""Inner folds: every training answer gets features from models that never saw its learner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from journeyman.learner.tracing.contexts import Surprises
from journeyman.learner.tracing.linear import Linear
from journeyman.learner.tracing.log import Floats, Log, Rows
from journeyman.learner.tracing.norms import Norms
from journeyman.learner.tracing.plain import Plain
from journeyman.learner.tracing.recurrent import Recurrent
from journeyman.learner.tracing.replay import CONTEXTS, Table, Vocabulary, join, replay
from journeyman.learner.tracing.state import FEATURES
from journeyman.learner.tracing.trees import Dense

FOLDS = 3
OF_ITEM = ("item easiness", "item known", "expected")
"""Features that the linear model does without.

They contain other learners' answers to the very item; of those, a held-out learner's would reach
its own prediction with the opposite sign. The model has a weight for each item instead.
"""


@dataclass(frozen=True)
class Models:
    """What turns the table into the columns that the trees read."""

    linear: Linear
    surprises: Surprises
    recurrent: Recurrent

    @classmethod
    def fit(cls, log: Log, table: Table, terms: csr_matrix, situations: int, seed: int) -> Models:
        """Fit the linear model, then surprises and recurrence on what it leaves unexplained."""
        linear = Linear.fit(table.dense * _OPEN, terms, log.correct)
        logits = linear.logits(table.dense, terms)
        surprises = Surprises.of(table.contexts, logits, log.correct, situations)
        return cls(linear, surprises, Recurrent.fit(log, logits, seed=seed))

    def read(self, log: Log, table: Table, terms: csr_matrix) -> Floats:
        """Linear logit, recurrent logit and surprises, shape (n, 2 + CONTEXTS)."""
        logits = self.linear.logits(table.dense, terms)
        recurrent = self.recurrent.logits(log, logits)
        return np.column_stack([logits, recurrent, self.surprises.read(table.contexts)])


@dataclass(frozen=True)
class Inner:
    """The training log as the trees see it, and the models for new learners.

    Attributes:
        plain: What is mixed in at the end; None for a large log.
        fold: Inner fold of every row, shape (n,).
        columns: Input of the trees, shape (n, features + 2 + CONTEXTS).
        stacked: Out-of-fold linear and recurrent logits, shape (n, 2).
    """

    norms: Norms
    terms: Vocabulary
    contexts: Vocabulary
    models: Models
    plain: Plain | None
    fold: Rows
    columns: Dense
    stacked: Floats

    @classmethod
    def fit(cls, log: Log, seed: int) -> Inner:
        """Fit everything below the trees, in and out of folds."""
        fold = _folds(log, np.random.default_rng(seed))
        vocabularies = Vocabulary({}), Vocabulary({})
        table = _outside(log, fold, *vocabularies)
        size, situations = (len(one.codes) for one in vocabularies)
        terms = table.terms(size)
        read = np.empty((len(log), 2 + CONTEXTS))
        for part in range(int(fold.max()) + 1):
            mine, others = np.flatnonzero(fold == part), np.flatnonzero(fold != part)
            # the others' own logits are in-sample, as they will be for new learners: logits from
            # models that saw this fold would leak its answers into the surprises
            models = Models.fit(
                log.rows(others), table.rows(others), terms[others], situations, seed
            )
            read[mine] = models.read(log.rows(mine), table.rows(mine), terms[mine])
        models = Models.fit(log, table, terms, situations, seed)
        plain = Plain.fit(table.dense, terms, vocabularies[0].codes, log.correct)
        for one in vocabularies:
            one.growing = False
        columns = np.column_stack([table.dense, read]).astype(np.float32)
        return cls(Norms.of(log), *vocabularies, models, plain, fold, columns, read[:, :2])

    def table(self, log: Log) -> tuple[Table, csr_matrix]:
        """What is known before each of other learners' answers, and its sparse columns."""
        table = replay(log, self.norms, self.terms, self.contexts)
        return table, table.terms(len(self.terms.codes))

    def read(self, log: Log, table: Table, terms: csr_matrix) -> tuple[Dense, Floats]:
        """The trees' input and the two logits for the answers of a table."""
        read = self.models.read(log, table, terms)
        return np.column_stack([table.dense, read]).astype(np.float32), read[:, :2]


_OPEN = np.array([name not in OF_ITEM for name in FEATURES], dtype=np.float32)


def _folds(log: Log, rng: np.random.Generator) -> Rows:
    learners = rng.permutation(log.present())
    fold = np.zeros(len(log.learners), dtype=np.int64)
    fold[learners] = np.arange(len(learners)) % min(FOLDS, len(learners))
    found: Rows = fold[log.learner]
    return found


def _outside(log: Log, fold: Rows, terms: Vocabulary, contexts: Vocabulary) -> Table:
    """The table with each fold measured against the norms of the other folds."""
    tables, places = [], []
    for part in range(int(fold.max()) + 1):
        mine = np.flatnonzero(fold == part)
        norms = Norms.of(log.rows(np.flatnonzero(fold != part)))
        tables.append(replay(log.rows(mine), norms, terms, contexts))
        places.append(mine)
    return join(tables, places)
