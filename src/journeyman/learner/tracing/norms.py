"""How hard items and skills are and how long they take, shrunk, from the training learners."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from journeyman.learner.tracing.log import Floats, Log, Rows, Skills

SKILL_PRIOR = 10.0
"""Pseudo-answers that pull a skill's rate towards the overall rate."""
ITEM_PRIOR = 5.0
"""Pseudo-answers that pull an item's rate towards its skills' rate."""
LEARNER_PRIOR = 5.0
"""Pseudo-answers that pull a learner's rate towards the overall rate."""


def logit(rate: float) -> float:
    """Log odds of a probability, kept finite.

    >>> logit(0.5)
    0.0
    """
    rate = min(max(rate, 1e-4), 1.0 - 1e-4)
    return math.log(rate / (1.0 - rate))


def sigmoid(value: float) -> float:
    """Probability with these log odds."""
    if value < -30.0:
        return 1e-13
    return 1.0 / (1.0 + math.exp(-value))


@dataclass(frozen=True)
class Norm:
    """Of one item or skill.

    Attributes:
        easiness: Log odds of success.
        known: How much of it rests on answers rather than on the prior, in [0, 1). A share, not a
            count: counts in an inner fold and in the whole log would differ.
        pace: Mean log seconds.
    """

    easiness: float
    known: float
    pace: float


@dataclass(frozen=True)
class Norms:
    """Norms of every item and skill of a training log, with fallbacks for unseen ones."""

    overall: Norm
    skills: dict[str, Norm] = field(default_factory=dict)
    items: dict[str, Norm] = field(default_factory=dict)

    @classmethod
    def of(cls, log: Log) -> Norms:
        """Count the answers; empirical rates shrink item -> skill -> overall."""
        right, count = float(log.correct.sum()), len(log)
        pace = np.log(np.clip(log.duration, 0.3, 3600.0))
        known = ~np.isnan(pace)
        mean_pace = float(pace[known].mean()) if known.any() else 0.0
        overall = Norm(logit((right + 1.0) / (count + 2.0)), 1.0, mean_pace)
        norms = cls(overall)
        rate = right / count
        pace = np.where(known, pace, mean_pace)
        sets = [_Tally.of(log, log.skills, len(log.skill_sets), pace)]
        totals: dict[str, list[float]] = {}
        for position, names in enumerate(log.skill_sets):
            for name in names:
                total = totals.setdefault(name, [0.0, 0.0, 0.0])
                for place, value in enumerate(sets[0].row(position)):
                    total[place] += value
        for name, (n, r, p) in totals.items():
            norms.skills[name] = _norm(n, r, p, rate, mean_pace, SKILL_PRIOR)
        tally = _Tally.of(log, log.item, len(log.items), pace)
        home = dict(zip(log.item.tolist(), log.skills.tolist(), strict=True))
        for code, combination in home.items():
            prior = norms.of_skills(log.skill_sets[combination])
            n, r, p = tally.row(code)
            norms.items[log.items[code]] = _norm(
                n, r, p, sigmoid(prior.easiness), prior.pace, ITEM_PRIOR
            )
        return norms

    def of_skills(self, skills: Skills) -> Norm:
        """The mean over skills; skills that were never seen count as the overall rate."""
        if len(skills) == 1:
            return self.skills.get(skills[0], self._unseen())
        if not skills:
            return self._unseen()
        return _mean(self.skills.get(skill, self._unseen()) for skill in skills)

    def of_item(self, item: str, skills: Skills) -> Norm:
        """The item's, or its skills' when the item was never seen."""
        found = self.items.get(item)
        if found is not None:
            return found
        prior = self.of_skills(skills)
        return Norm(prior.easiness, 0.0, prior.pace)

    def _unseen(self) -> Norm:
        return Norm(self.overall.easiness, 0.0, self.overall.pace)


@dataclass(frozen=True)
class _Tally:
    count: Floats
    right: Floats
    pace: Floats

    @classmethod
    def of(cls, log: Log, codes: Rows, size: int, pace: Floats) -> _Tally:
        return cls(
            np.bincount(codes, minlength=size).astype(np.float64),
            np.bincount(codes, log.correct, minlength=size).astype(np.float64),
            np.bincount(codes, pace, minlength=size).astype(np.float64),
        )

    def row(self, code: int) -> tuple[float, float, float]:
        return float(self.count[code]), float(self.right[code]), float(self.pace[code])


def _norm(n: float, right: float, pace: float, rate: float, mean: float, prior: float) -> Norm:
    return Norm(
        logit((right + prior * rate) / (n + prior)),
        n / (n + prior),
        (pace + prior * mean) / (n + prior),
    )


def _mean(norms: Iterable[Norm]) -> Norm:
    rows = [(one.easiness, one.known, one.pace) for one in norms]
    return Norm(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))
