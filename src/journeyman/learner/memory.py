"""Memory: how long a skill that was shown once stays recalled, by FSRS-6 (the ``fsrs`` package).

One card for each skill and kind of use (answering questions, writing code), without random fuzz, so
that folding the same evidence gives the same cards. The
forgetting curve is FSRS-6's power law ``(1 + f t / S) ** -d`` with ``t`` in days, stability ``S``
in days and ``f`` such that recall is 0.9 at ``t = S`` (Ye, Su and Cao 2022; FSRS-6, 2025).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import fsrs
import numpy as np
from fsrs.scheduler import FSRS_DEFAULT_DECAY
from numpy.typing import NDArray

Array = NDArray[np.float64]
Use = Literal["question", "code"]
Cards = Mapping[Use, "Card"]
"""What is remembered of one skill by each use: none before it is first shown."""

AGAIN = fsrs.Rating.Again
"""The rating of a lapse."""

_FACTOR = 0.9 ** (-1.0 / FSRS_DEFAULT_DECAY) - 1.0
_SCHEDULER = fsrs.Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
_SECONDS_A_DAY = 86_400.0
_LONGEST = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Forgetting:
    """How one learner forgets, against FSRS's average (:mod:`journeyman.learner.forgetting`).

    Attributes:
        stability: Factor on every stability: 2 remembers twice as long.
        decay: Factor on the exponent of the curve: above 1 falls faster in the long run.
    """

    stability: float = 1.0
    decay: float = 1.0


AVERAGE = Forgetting()
"""FSRS with its default parameters."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is remembered of one skill.

    Attributes:
        stability: Days until recall has fallen to 0.9.
        difficulty: FSRS difficulty in [1, 10].
        last: When the skill was last used, in UTC.
    """

    stability: float
    difficulty: float
    last: datetime

    def to_row(self) -> dict[str, object]:
        """Plain data that JSON keeps exactly."""
        return {
            "stability": self.stability,
            "difficulty": self.difficulty,
            "last": self.last.isoformat(),
        }

    @classmethod
    def from_row(cls, row: Mapping[str, object]) -> Card:
        """Read back what :meth:`to_row` wrote."""
        return cls(
            float(str(row["stability"])),
            float(str(row["difficulty"])),
            datetime.fromisoformat(str(row["last"])),
        )


def rating(
    score: float, hints: int = 0, *, first: bool = False, known: bool = False
) -> fsrs.Rating:
    """The FSRS rating of a result: no grade is asked of the learner.

    Args:
        score: In [0, 1].
        hints: Hints opened before the answer.
        first: There is no card yet.
        known: Answered in a placement, so learnt earlier and elsewhere: as durable as "easy".

    >>> rating(1.0).name, rating(1.0, hints=1).name, rating(0.4).name
    ('Good', 'Hard', 'Again')
    """
    if score < 0.6:
        return fsrs.Rating.Again
    if score < 1.0 or hints:
        return fsrs.Rating.Hard
    return fsrs.Rating.Easy if first and known else fsrs.Rating.Good


def review(card: Card | None, grade: fsrs.Rating, at: datetime) -> Card:
    """The card after using the skill at ``at``.

    >>> from datetime import UTC, datetime
    >>> review(None, fsrs.Rating.Good, datetime(2026, 1, 1, tzinfo=UTC)).stability
    2.3065
    """
    at = at.astimezone(UTC)
    before = fsrs.Card(card_id=0, due=at)
    if card is not None:
        before.state, before.step = fsrs.State.Review, None
        before.stability, before.difficulty = card.stability, card.difficulty
        before.last_review = card.last
    after, _ = _SCHEDULER.review_card(before, grade, at)
    if after.stability is None or after.difficulty is None:  # pragma: no cover - fsrs sets both
        message = "fsrs returned a card without stability"
        raise ValueError(message)
    return Card(after.stability, after.difficulty, max(at, card.last) if card else at)


def kept(days: Array, stability: Array, forgetting: Forgetting = AVERAGE) -> Array:
    """Recall after ``days`` without use, both in days."""
    stretched = stability * forgetting.stability
    return np.asarray(
        (1.0 + _FACTOR * days / stretched) ** (-FSRS_DEFAULT_DECAY * forgetting.decay)
    )


def recall(card: Card, at: datetime, forgetting: Forgetting = AVERAGE) -> float:
    """Probability that what was learnt is still recalled at ``at``."""
    days = max((at - card.last).total_seconds() / _SECONDS_A_DAY, 0.0)
    stretched = card.stability * forgetting.stability
    decay = FSRS_DEFAULT_DECAY * forgetting.decay
    return float((1.0 + _FACTOR * days / stretched) ** -decay)


def due(card: Card, retention: float = 0.9, forgetting: Forgetting = AVERAGE) -> datetime:
    """When recall will have fallen to ``retention``, in (0, 1).

    >>> from datetime import UTC, datetime
    >>> card = Card(10.0, 5.0, datetime(2026, 1, 1, tzinfo=UTC))
    >>> due(card).isoformat(timespec="minutes")
    '2026-01-11T00:00+00:00'
    """
    decay = FSRS_DEFAULT_DECAY * forgetting.decay
    stretched = card.stability * forgetting.stability
    days = stretched / _FACTOR * (retention ** (-1.0 / decay) - 1.0)
    return card.last + min(timedelta(days=min(days, 1e6)), _LONGEST)


def use_of(kind: str) -> Use:
    """The use that content of this kind makes of a skill."""
    return "question" if kind == "item" else "code"


def used(cards: Cards, use: Use, grade: fsrs.Rating, at: datetime) -> Cards:
    """The cards after using a skill in one way.

    A first use starts from what the other left behind. Succeeding at one is half a review of the
    other ("hard"), which can only help it; failing at one says nothing of the other.

    >>> from datetime import UTC, datetime
    >>> first = used({}, "question", fsrs.Rating.Good, datetime(2026, 1, 1, tzinfo=UTC))
    >>> sorted(used(first, "code", fsrs.Rating.Good, datetime(2026, 1, 9, tzinfo=UTC)))
    ['code', 'question']
    """
    other: Use = "code" if use == "question" else "question"
    found = {**cards, use: review(cards.get(use) or cards.get(other), grade, at)}
    if grade != AGAIN and other in cards:
        before, after = cards[other], review(cards[other], fsrs.Rating.Hard, at)
        stability = max(before.stability, after.stability)
        found[other] = replace(before, stability=stability, last=after.last)
    return found


def recalled(cards: Cards, at: datetime, forgetting: Forgetting = AVERAGE) -> float:
    """Probability that a skill is recalled at ``at``: the mean over its uses; 1.0 without any."""
    if not cards:
        return 1.0
    return sum(recall(card, at, forgetting) for card in cards.values()) / len(cards)


def whole(cards: Cards) -> Card | None:
    """One card that stands for all: mean stability and difficulty, since the last use of any."""
    if not cards:
        return None
    count, every = len(cards), cards.values()
    return Card(
        sum(card.stability for card in every) / count,
        sum(card.difficulty for card in every) / count,
        max(card.last for card in every),
    )
