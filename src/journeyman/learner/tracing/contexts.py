"""How much better or worse than predicted answers turn out in each situation, shrunk to zero.

A situation is a small key such as (this item, second attempt, the first was wrong). Its surprise is
one Newton step of a logistic regression from the given logit: sum of errors over information.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit

from journeyman.learner.tracing.log import Floats, Rows

SHRINK = 4.0
"""Prior information (inverse variance) that pulls every surprise to zero; an answer at even odds
carries 0.25."""


@dataclass(frozen=True)
class Surprises:
    """The surprise of each situation in log odds, shape (situations,)."""

    values: Floats

    @classmethod
    def of(cls, codes: Rows, logits: Floats, correct: Floats, size: int) -> Surprises:
        """Add up errors and information by situation.

        Args:
            codes: Situations of each answer, shape (n, k).
            logits: What was predicted before the answer, shape (n,).
            correct: Shape (n,).
            size: Number of situations.

        >>> codes = np.zeros((20, 1), dtype=np.int64)
        >>> bool(Surprises.of(codes, np.zeros(20), np.ones(20), 1).values[0] > 0.5)
        True
        """
        rate = expit(logits)
        error, information = correct - rate, rate * (1.0 - rate)
        top, bottom = np.zeros(size), np.full(size, SHRINK)
        for column in codes.T:
            top += np.bincount(column, error, minlength=size)
            bottom += np.bincount(column, information, minlength=size)
        return cls(top / bottom)

    def read(self, codes: Rows) -> Floats:
        """The surprise of each situation, zero where it is unknown (-1)."""
        return np.where(codes >= 0, self.values[codes], 0.0)

    def one(self, code: int | None) -> float:
        """The surprise of one situation, zero where it is unknown."""
        return 0.0 if code is None else self._listed[code]

    @cached_property
    def _listed(self) -> list[float]:
        found: list[float] = self.values.tolist()  # single numbers come faster out of a list
        return found
