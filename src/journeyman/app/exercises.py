"""Code that a learner hands in: saved first, then graded outside any transaction."""

from __future__ import annotations

from functools import partial

from journeyman.app.base import Base
from journeyman.core.exercise import Verdict
from journeyman.curriculum.code import answer_key
from journeyman.errors import Conflict, JourneymanError
from journeyman.exercises import queries as exercise_queries
from journeyman.exercises import service as exercise_service
from journeyman.exercises.queries import ExerciseLine, ExercisePage, Handed, Regraded
from journeyman.store import attempts
from journeyman.study import queries as study


class Exercises(Base):
    """Exercises and their grading."""

    def exercises(self) -> tuple[ExerciseLine, ...]:
        """The catalogue of exercises."""
        with self.reading() as session:
            return exercise_queries.catalogue(session, self.bank)

    def exercise(self, slug: str) -> ExercisePage:
        """One exercise with draft, hints and submissions."""
        with self.reading() as session:
            return exercise_queries.page(session, self.bank, slug)

    def check(self, slug: str, source: str) -> Handed:
        """Save the code, grade it in the sandbox, and record the verdict.

        Raises:
            Unavailable: grading failed through no fault of the learner; the code is kept and
                nothing is counted.
        """
        exercise = exercise_service.find(self.bank, slug)
        with self.writing() as session:
            attempt = exercise_service.submit(session, exercise, source)
        verdict = self._queued(attempt.id)
        with self.reading() as session:
            handed = exercise_queries.handed(attempts.get_attempt(session, attempt.id))
        return Handed(handed.attempt, handed.at, handed.state, handed.source, verdict)

    def finish(self, attempt: str) -> Handed:
        """Grade a submission whose grading was interrupted."""
        with self.reading() as session:
            found = attempts.get_attempt(session, attempt)
        if found.state != "submitted":
            raise Conflict("That submission has been graded already.")
        self._queued(attempt)
        with self.reading() as session:
            return exercise_queries.handed(attempts.get_attempt(session, attempt))

    def finish_all(self) -> tuple[Handed, ...]:
        """Grade every submission whose grading was interrupted."""
        with self.reading() as session:
            found = study.interrupted(session, self.bank)
        return tuple(self.finish(one.attempt) for one in found)

    def _queued(self, attempt_id: str) -> Verdict:
        """Grade when its turn comes, and wait for it."""
        self._grading.add(attempt_id)
        try:
            graded = self.queue.submit_for(self._learner.id, partial(self._grade, attempt_id))
            return graded.result()
        finally:
            self._grading.discard(attempt_id)

    def _grade(self, attempt_id: str) -> Verdict:
        with self.reading() as session:
            attempt = attempts.get_attempt(session, attempt_id)
        exercise = exercise_service.find(self.bank, attempt.slug)
        try:
            key = answer_key(exercise, self.bank.folder("exercise", exercise.slug))
            verdict = self.sandbox.grade(exercise, key, attempt.given or "", seed=attempt.seed)
        except JourneymanError as error:
            with self.writing() as session:
                exercise_service.failed(session, attempt, error.message)
            raise
        with self.writing() as session:
            exercise_service.record(session, self.fold, exercise, attempt, verdict)
        self._grown()
        return verdict

    def regrade(self, slug: str = "") -> tuple[Regraded, ...]:
        """Grade stored submissions again where their exercise has a newer version.

        The old grade stays beside the new one. Returns what was graded again by this call.
        """
        if slug:
            exercise_service.find(self.bank, slug)
        with self.reading() as session:
            found = exercise_service.to_regrade(session, self.bank, slug)
        for attempt in found:
            exercise = self.bank.exercises[attempt.slug]
            key = answer_key(exercise, self.bank.folder("exercise", exercise.slug))
            verdict = self.sandbox.grade(exercise, key, attempt.given or "", seed=attempt.seed)
            with self.writing() as session:
                exercise_service.record_regrade(session, self.fold, exercise, attempt, verdict)
        with self.reading() as session:
            graded = exercise_queries.regraded(session, slug)
        now_graded = {attempt.id for attempt in found}
        return tuple(one for one in graded if one.attempt in now_graded)

    def regraded(self, slug: str = "") -> tuple[Regraded, ...]:
        """Every later grade of stored submissions, beside the first one."""
        with self.reading() as session:
            return exercise_queries.regraded(session, slug)

    def save_draft(self, slug: str, source: str) -> None:
        """Keep what stands in the editor."""
        exercise = exercise_service.find(self.bank, slug)
        with self.writing() as session:
            exercise_service.save_draft(session, exercise, source)

    def hint(self, slug: str) -> tuple[str, ...]:
        """Take one more hint; returns all taken."""
        exercise = exercise_service.find(self.bank, slug)
        with self.writing() as session:
            return exercise_service.hint(session, exercise)

    def give_up(self, slug: str) -> str:
        """Give up and read the solution; giving up is evidence too."""
        exercise = exercise_service.find(self.bank, slug)
        with self.writing() as session:
            exercise_service.give_up(session, self.fold, exercise)
            return exercise_service.solution(session, self.bank, exercise)

    def solution(self, slug: str) -> str:
        """The solution, after passing or giving up."""
        exercise = exercise_service.find(self.bank, slug)
        with self.reading() as session:
            return exercise_service.solution(session, self.bank, exercise)
