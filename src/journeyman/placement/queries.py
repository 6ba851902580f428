"""Reads of placement: how far a sitting is and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from journeyman.core.mastery import Mastery
from journeyman.core.skill import Area, Skill
from journeyman.curriculum.loading import LoadedBank
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.placement import Placement
from journeyman.learner.state import State
from journeyman.placement import rules
from journeyman.store import attempts, ledger
from journeyman.store.attempts import Sitting
from journeyman.store.session import Session


@dataclass(frozen=True, slots=True)
class SittingView:
    """How far a sitting is.

    Attributes:
        expected_right: The share of all skills that the model expects to judge rightly now: its
            own estimate, not a measurement.
        why: Why it ended, or "".
    """

    id: str
    only: Skill | None
    asked: int
    most: int
    right: int
    dont_know: int
    expected_right: float
    open: bool
    why: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What placement found in one area."""

    area: Area
    skills: tuple[tuple[Skill, Mastery], ...]

    def count(self, level: str) -> int:
        """How many skills of the area stand at ``level``."""
        return sum(mastery.level == level for _, mastery in self.skills)


def view(session: Session, bank: LoadedBank, fold: KnowledgeFold, sitting: Sitting) -> SittingView:
    """How far ``sitting`` is."""
    found = attempts.find_attempts(session, sitting=sitting.id, state="marked")
    state = State.from_rows(ledger.rows(session, fold))
    chooser = Placement(fold.model, rules.askable(bank), limit=sitting.most)
    progress = chooser.progress(
        state, [attempt.slug for attempt in found], session.now, only=sitting.only
    )
    results = [attempt.result or {} for attempt in found]
    return SittingView(
        sitting.id,
        bank.graph.skills.get(sitting.only) if sitting.only else None,
        len(found),
        sitting.most,
        sum(result.get("score", 0) >= 1 for result in results),
        sum(bool(result.get("dont_know")) for result in results),
        progress.expected_share_right,
        sitting.closed_at is None,
        sitting.why,
        sitting.opened_at,
    )


def by_area(session: Session, bank: LoadedBank, fold: KnowledgeFold) -> tuple[AreaResult, ...]:
    """Every skill's mastery, gathered by area in the bank's order."""
    state = State.from_rows(ledger.rows(session, fold))
    mastery = fold.model.mastery(state, session.now)
    return tuple(
        AreaResult(
            area,
            tuple(
                (bank.graph.skills[slug], mastery[slug])
                for slug in bank.graph.order
                if bank.graph.skills[slug].area == area.slug
            ),
        )
        for area in bank.graph.areas.values()
    )
