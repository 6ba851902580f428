"""Live through a log, learner by learner, and write down what the models see before each answer."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from journeyman.learner.tracing.log import Log, Rows
from journeyman.learner.tracing.norms import Norms
from journeyman.learner.tracing.state import FEATURES, Key, LearnerState

CONTEXTS = 6
"""How many situations ``LearnerState.contexts`` gives."""


@dataclass
class Vocabulary:
    """Codes of the keys met in training, in the order of meeting."""

    codes: dict[Key, int]
    growing: bool = True

    def code(self, key: Key) -> int:
        """The key's code; -1 if it is new and the vocabulary is closed."""
        if self.growing:
            return self.codes.setdefault(key, len(self.codes))
        return self.codes.get(key, -1)


@dataclass(frozen=True)
class Table:
    """What is known before each answer of a log.

    Attributes:
        dense: Values of ``FEATURES``, shape (n, len(FEATURES)).
        term_rows, term_codes, term_values: Non-zero sparse columns as triples.
        contexts: Codes of situations, -1 where unseen in training, shape (n, CONTEXTS).
    """

    dense: NDArray[np.float32]
    term_rows: Rows
    term_codes: Rows
    term_values: NDArray[np.float64]
    contexts: Rows

    def __len__(self) -> int:
        return len(self.dense)

    def rows(self, rows: Rows) -> Table:
        """Only these rows, without their sparse columns."""
        none = np.empty(0, dtype=np.int64)
        return Table(self.dense[rows], none, none, np.empty(0), self.contexts[rows])

    def terms(self, size: int) -> csr_matrix:
        """The sparse columns as a matrix of shape (n, size)."""
        index = (self.term_rows, self.term_codes)
        return csr_matrix((self.term_values, index), shape=(len(self), size))


def replay(log: Log, norms: Norms, terms: Vocabulary, contexts: Vocabulary) -> Table:
    """Fold every learner's answers and keep what was known before each.

    Args:
        log: Responses of any learners.
        norms: Difficulties, which should come from other learners than these.
        terms: Codes of sparse columns; grows unless closed.
        contexts: Codes of situations; grows unless closed.
    """
    dense, values = array("f"), array("d")
    rows, codes, situations = array("q"), array("q"), array("q")
    for row, (state, place) in enumerate(_walk(log, norms)):
        item, skills = log.items[log.item[place]], log.skill_sets[log.skills[place]]
        time = known(log.time[place])
        dense.extend(state.features(item, skills, time))
        for key, value in state.terms(item, skills):
            code = terms.code(key)
            if code >= 0:
                rows.append(row)
                codes.append(code)
                values.append(value)
        situations.extend(contexts.code(key) for key in state.contexts(item, skills))
        state.update(
            item,
            skills,
            correct=bool(log.correct[place]),
            time=time,
            duration=known(log.duration[place]),
        )
    return Table(
        np.frombuffer(dense, dtype=np.float32).reshape(-1, len(FEATURES)),
        np.frombuffer(rows, dtype=np.int64),
        np.frombuffer(codes, dtype=np.int64),
        np.frombuffer(values, dtype=np.float64),
        np.frombuffer(situations, dtype=np.int64).reshape(-1, CONTEXTS),
    )


def _walk(log: Log, norms: Norms) -> list[tuple[LearnerState, int]]:
    found: list[tuple[LearnerState, int]] = []
    for first, last in log.spans():
        state = LearnerState(norms)
        found.extend((state, place) for place in range(first, last))
    return found


def join(tables: Sequence[Table], places: Sequence[Rows]) -> Table:
    """Put tables of parts of a log together; ``places`` says which rows each part holds."""
    count = sum(len(table) for table in tables)
    dense = np.empty((count, len(FEATURES)), dtype=np.float32)
    contexts = np.empty((count, CONTEXTS), dtype=np.int64)
    for table, rows in zip(tables, places, strict=True):
        dense[rows], contexts[rows] = table.dense, table.contexts
    moved = [rows[table.term_rows] for table, rows in zip(tables, places, strict=True)]
    return Table(
        dense,
        np.concatenate(moved),
        np.concatenate([table.term_codes for table in tables]),
        np.concatenate([table.term_values for table in tables]),
        contexts,
    )


def known(value: float) -> float | None:
    """The number as a plain float, or None for NaN."""
    return None if math.isnan(value) else float(value)
