"""Asking and answering: what placement and practice share, and what an answer is evidence of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from journeyman.core.bank import Misconception
from journeyman.core.evidence import Evidence
from journeyman.core.item import Item, Mark, Question

Purpose = Literal["placement", "practice", "exercise"]
AttemptState = Literal["open", "submitted", "marked", "failed", "stale"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One asked question or one submission of code.

    ``state``: open (asked); submitted (the answer is safe, its grading is not finished); marked;
    failed (our fault: counts nothing); stale (the entry changed before it was answered).
    """

    id: str
    learner: str
    sitting: str | None
    purpose: Purpose
    kind: str
    slug: str
    version: int
    sha256: str
    seed: int
    reason: str
    state: AttemptState
    given: str | None
    result: Mapping[str, Any] | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in front of the learner."""

    attempt: str
    item: Item
    question: Question
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The outcome of one answer: right or wrong, why, and the idea behind a wrong one."""

    attempt: str
    item: Item
    question: Question
    mark: Mark
    misconception: Misconception | None = None

    @property
    def right(self) -> bool:
        """Whether the answer was right."""
        return self.mark.score >= 1.0


def evidence_of_answer(
    attempt: Attempt, item: Item, mark: Mark, *, identifier: str, at: datetime
) -> Evidence:
    """The fact that one answer establishes.

    “I don't know yet” is evidence of not holding the skills, without guessing or slipping.
    """
    return Evidence(
        id=identifier,
        learner=attempt.learner,
        at=at,
        source="placement" if attempt.purpose == "placement" else "practice",
        how="dont-know" if mark.dont_know else "answered",
        kind="item",
        slug=item.slug,
        version=attempt.version,
        sha256=attempt.sha256,
        seed=attempt.seed,
        skills=dict(item.skills),
        score=mark.score,
        guess=item.guess,
        slip=item.slip,
        difficulty=item.difficulty,
        attempt=attempt.id,
        detail={
            "given": mark.given,
            "expected": mark.expected,
            "misconception": mark.misconception,
        },
    )
