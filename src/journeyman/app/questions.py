"""The questions that a learner is put: placement and practice."""

from __future__ import annotations

from dataclasses import dataclass

from journeyman.app.base import Base
from journeyman.core.asking import Answered, Asked
from journeyman.errors import Conflict, NotFound
from journeyman.placement import queries as placement_queries
from journeyman.placement import service as placement_service
from journeyman.placement.queries import AreaResult, SittingView
from journeyman.practice import queries as practice_queries
from journeyman.practice import service as practice_service
from journeyman.practice.queries import PracticeView
from journeyman.store import attempts
from journeyman.store.session import Session


@dataclass(frozen=True, slots=True)
class Sat:
    """Where a placement stands: how far it is, and the question to put, or None at its end."""

    view: SittingView
    asked: Asked | None


class Questions(Base):
    """Placement and practice."""

    def place(self, only: str | None = None) -> Sat:
        """Begin or go on with placement (or the test-out of one skill): the next question."""
        with self.writing() as session:
            sitting = placement_service.begin(
                session, self.tuned, questions=self.settings.placement_questions, only=only
            )
            asked = placement_service.next_question(session, self.tuned, self.fold, sitting)
            return Sat(self._sitting_view(session, only), asked)

    def placement(self, only: str | None = None) -> SittingView | None:
        """How far the latest placement is, without asking anything; None before the first."""
        with self.reading() as session:
            if attempts.latest_sitting(session, only) is None:
                return None
            return self._sitting_view(session, only)

    def _sitting_view(self, session: Session, only: str | None) -> SittingView:
        sitting = attempts.latest_sitting(session, only)
        if sitting is None:
            raise NotFound("There is no placement yet; begin one.")
        return placement_queries.view(session, self.tuned, self.fold, sitting)

    def answer_placement(self, attempt: str, given: str) -> Answered:
        """Answer one placement question: an option's position, a number, or ``dont-know``."""
        with self.writing() as session:
            answered = placement_service.answer(session, self.tuned, self.fold, attempt, given)
        self._grown()
        return answered

    def stop_placement(self, only: str | None = None) -> SittingView:
        """End the placement that is open; what was answered counts."""
        with self.writing() as session:
            sitting = attempts.latest_sitting(session, only)
            if sitting is None or sitting.closed_at is not None:
                raise Conflict("No placement is open, so there is nothing to stop.")
            placement_service.stop(session, sitting)
            return self._sitting_view(session, only)

    def placement_result(self) -> tuple[AreaResult, ...]:
        """Every skill's mastery by area."""
        with self.reading() as session:
            return placement_queries.by_area(session, self.bank, self.fold)

    def practise(self, skill: str) -> Asked:
        """A fresh question on ``skill``."""
        with self.writing() as session:
            return practice_service.ask(session, self.tuned, self.fold, skill)

    def answer_practice(self, attempt: str, given: str) -> Answered:
        """Answer one practice question."""
        with self.writing() as session:
            answered = practice_service.answer(session, self.tuned, self.fold, attempt, given)
        self._grown()
        return answered

    def practice_view(self, skill: str) -> PracticeView:
        """How practice of ``skill`` has gone."""
        with self.reading() as session:
            return practice_queries.view(session, self.bank, skill)

    def outcome(self, attempt: str) -> Answered:
        """The outcome of a question answered before, in placement or practice."""
        with self.reading() as session:
            return practice_queries.outcome(session, self.bank, attempt)
