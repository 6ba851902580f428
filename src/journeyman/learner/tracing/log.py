"""A log of responses in columns: who answered what, on which skills, right or wrong, when."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import Invalid

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Skills = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One answer as an event.

    Attributes:
        time: Seconds since any fixed instant, or None.
        duration: Seconds that the answer took, or None.
    """

    learner: str
    item: str
    skills: Skills
    correct: bool
    time: float | None = None
    duration: float | None = None


@dataclass(frozen=True)
class Log:
    """Responses grouped by learner, each learner's in the order of time.

    Attributes:
        learners, items: Names, positions are the codes in ``learner`` and ``item``.
        skill_sets: Distinct tuples of skills; positions are the codes in ``skills``.
        learner, item, skills: Codes, shape (n,).
        correct: 0.0 or 1.0, shape (n,).
        time, duration: Seconds, NaN where unknown, shape (n,).
    """

    learners: tuple[str, ...]
    items: tuple[str, ...]
    skill_sets: tuple[Skills, ...]
    learner: Rows
    item: Rows
    skills: Rows
    correct: Floats
    time: Floats
    duration: Floats

    @classmethod
    def of(cls, responses: Iterable[Response]) -> Log:
        """Group responses by learner; times order them, otherwise their order of arrival.

        Times that never change within any learner say nothing and are treated as unknown.

        Raises:
            Invalid: if there is no response.

        >>> log = Log.of([Response("ann", "sum-1", ("sums",), True)])
        >>> len(log), log.items
        (1, ('sum-1',))
        """
        who: dict[str, int] = {}
        what: dict[str, int] = {}
        sets: dict[Skills, int] = {}
        columns: list[tuple[int, int, int, float, float, float]] = [
            (
                who.setdefault(one.learner, len(who)),
                what.setdefault(one.item, len(what)),
                sets.setdefault(one.skills, len(sets)),
                float(one.correct),
                math.nan if one.time is None else one.time,
                math.nan if one.duration is None else one.duration,
            )
            for one in responses
        ]
        if not columns:
            raise Invalid("The log has no responses.")
        table = np.array(columns, dtype=np.float64)
        codes = table[:, :3].astype(np.int64)
        time = _informative(codes[:, 0], table[:, 4])
        order = np.lexsort((np.arange(len(table)), time, codes[:, 0]))
        learner, item, skills = codes[order].T
        correct, duration = table[order, 3], table[order, 5]
        names = (tuple(who), tuple(what), tuple(sets))
        return cls(*names, learner, item, skills, correct, time[order], duration)

    def __len__(self) -> int:
        return len(self.correct)

    def take(self, learners: Rows) -> Log:
        """Only the responses of these learner codes."""
        return self.rows(np.flatnonzero(np.isin(self.learner, learners)))

    def rows(self, rows: Rows) -> Log:
        """Only these rows, which must keep each learner's whole history together."""
        columns = (self.learner, self.item, self.skills)
        learner, item, skills = (column[rows] for column in columns)
        correct, time, duration = self.correct[rows], self.time[rows], self.duration[rows]
        names = (self.learners, self.items, self.skill_sets)
        return Log(*names, learner, item, skills, correct, time, duration)

    def present(self) -> Rows:
        """The codes of learners who have a response here."""
        return np.unique(self.learner)

    def spans(self) -> Iterator[tuple[int, int]]:
        """The first row and the row past the last, for each learner in turn."""
        edges = np.flatnonzero(np.diff(self.learner)) + 1
        starts = [0, *edges.tolist()]
        return zip(starts, [*starts[1:], len(self)], strict=True)


def _informative(learner: Rows, time: Floats) -> Floats:
    """``time``, or all NaN when some are unknown or none changes within a learner."""
    if not np.isnan(time).any():
        first = np.full(int(learner.max()) + 1, np.nan)
        first[learner[::-1]] = time[::-1]
        if (time != first[learner]).any():
            return time
    return np.full(len(time), np.nan)
