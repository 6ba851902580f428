"""Reads of practice: how a skill's practice has gone."""

from __future__ import annotations

from dataclasses import dataclass

from journeyman import asking
from journeyman.core.asking import Answered
from journeyman.curriculum.loading import LoadedBank
from journeyman.practice import rules
from journeyman.store import attempts
from journeyman.store.session import Session


@dataclass(frozen=True, slots=True)
class PracticeView:
    """The latest answers on a skill, newest first."""

    answered: int
    right: int
    in_a_row: int


def view(session: Session, bank: LoadedBank, skill: str) -> PracticeView:
    """How practice of ``skill`` has gone so far."""
    slugs = {item.slug for item in rules.items_for(bank, skill)}
    found = [
        attempt
        for attempt in attempts.find_attempts(
            session, kind="item", purpose="practice", state="marked"
        )
        if attempt.slug in slugs
    ]
    scores = [float((attempt.result or {}).get("score", 0)) >= 1 for attempt in found]
    streak = next((i for i, right in enumerate(scores) if not right), len(scores))
    return PracticeView(len(scores), sum(scores), streak)


def outcome(session: Session, bank: LoadedBank, attempt_id: str) -> Answered:
    """What an answered attempt came to."""
    return asking.outcome(bank, attempts.get_attempt(session, attempt_id))
