"""The one composition root: settings become database, bank, model and sandbox.

The three faces (web, command line, notebook) call the methods of :class:`App` and nothing else.
Each method opens one transaction, calls the verbs of one feature, and commits once; work for the
sandbox starts after the commit, so that what a learner handed in is safe before it is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.core.asking import Answered, Asked
from journeyman.core.bank import Fault
from journeyman.core.evidence import Evidence
from journeyman.core.exercise import Verdict
from journeyman.core.identifiers import now
from journeyman.core.mastery import Mastery
from journeyman.curriculum import builtin
from journeyman.curriculum.code import answer_key
from journeyman.curriculum.loading import LoadedBank, load
from journeyman.engine import FairExecutor
from journeyman.errors import Conflict, Invalid, JourneymanError, NotFound
from journeyman.exercises import queries as exercise_queries
from journeyman.exercises import service as exercise_service
from journeyman.exercises.queries import ExerciseLine, ExercisePage, Handed, Regraded
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.placement import queries as placement_queries
from journeyman.placement import service as placement_service
from journeyman.placement.queries import AreaResult, SittingView
from journeyman.portfolio import queries as portfolio_queries
from journeyman.portfolio import service as portfolio_service
from journeyman.portfolio.queries import Portfolio
from journeyman.practice import queries as practice_queries
from journeyman.practice import service as practice_service
from journeyman.practice.queries import PracticeView
from journeyman.settings import Settings
from journeyman.store import attempts, exporting, importing, ledger
from journeyman.store.attempts import Learner
from journeyman.store.database import Database
from journeyman.store.session import Session
from journeyman.study import queries as study
from journeyman.study.queries import Progress, SkillMap, SkillPage, Today

if TYPE_CHECKING:
    from journeyman.sandbox import Isolation, Sandbox

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Sat:
    """Where a placement stands: how far it is, and the question to put, or None at its end."""

    view: SittingView
    asked: Asked | None


class App:
    """Everything that Journeyman does for one local learner.

    Args:
        settings: Where things are.
        clock: Reads the present instant; tests hand in their own.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = now) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.url)
        self.learner = self._learner()

    def _learner(self) -> Learner:
        with self.database.reading() as db:
            found = attempts.local_learner(db)
        if found is not None:
            return found
        with self.database.writing() as db:  # looked up again: two processes may start at once
            return attempts.local_learner(db) or attempts.add_learner(db, self.clock())

    @cached_property
    def bank(self) -> LoadedBank:
        """The curriculum, loaded once; broken entries are left out and named in ``faults``."""
        return load(builtin.path(), *self.settings.curriculum)

    @cached_property
    def fold(self) -> KnowledgeFold:
        """The learner model over the bank's graph."""
        return KnowledgeFold(KnowledgeModel(self.bank.graph))

    @cached_property
    def sandbox(self) -> Sandbox:
        """The grading engine; nothing heavy starts before the first submission."""
        from journeyman.sandbox import Sandbox  # noqa: PLC0415 - many commands never grade

        return Sandbox(idle_seconds=self.settings.sandbox_idle_seconds)

    @cached_property
    def queue(self) -> FairExecutor:
        """Where gradings wait their turn: as many at once as there are cores."""
        return FairExecutor()

    def close(self) -> None:
        """Stop the grading processes and give the database back."""
        if "sandbox" in self.__dict__:
            self.sandbox.close()  # first: a grading that runs ends now and is not waited for
        if "queue" in self.__dict__:
            self.queue.shutdown(cancel_futures=True)
        self.database.close()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self.database.writing() as db:
            yield Session(db, self.learner.id, self.clock())

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self.database.reading() as db:
            yield Session(db, self.learner.id, self.clock())

    # Placement

    def place(self, only: str | None = None) -> Sat:
        """Begin or go on with placement (or the test-out of one skill): the next question."""
        with self._writing() as session:
            sitting = placement_service.begin(
                session, self.bank, questions=self.settings.placement_questions, only=only
            )
            asked = placement_service.next_question(session, self.bank, self.fold, sitting)
            return Sat(self._sitting_view(session, only), asked)

    def placement(self, only: str | None = None) -> SittingView | None:
        """How far the latest placement is, without asking anything; None before the first."""
        with self._reading() as session:
            if attempts.latest_sitting(session, only) is None:
                return None
            return self._sitting_view(session, only)

    def _sitting_view(self, session: Session, only: str | None) -> SittingView:
        sitting = attempts.latest_sitting(session, only)
        if sitting is None:
            raise NotFound("There is no placement yet; begin one.")
        return placement_queries.view(session, self.bank, self.fold, sitting)

    def answer_placement(self, attempt: str, given: str) -> Answered:
        """Answer one placement question: an option's position, a number, or ``dont-know``."""
        with self._writing() as session:
            return placement_service.answer(session, self.bank, self.fold, attempt, given)

    def stop_placement(self, only: str | None = None) -> SittingView:
        """End the placement that is open; what was answered counts."""
        with self._writing() as session:
            sitting = attempts.latest_sitting(session, only)
            if sitting is None or sitting.closed_at is not None:
                raise Conflict("No placement is open, so there is nothing to stop.")
            placement_service.stop(session, sitting)
            return self._sitting_view(session, only)

    def placement_result(self) -> tuple[AreaResult, ...]:
        """Every skill's mastery by area."""
        with self._reading() as session:
            return placement_queries.by_area(session, self.bank, self.fold)

    # Practice

    def practise(self, skill: str) -> Asked:
        """A fresh question on ``skill``."""
        with self._writing() as session:
            return practice_service.ask(session, self.bank, self.fold, skill)

    def answer_practice(self, attempt: str, given: str) -> Answered:
        """Answer one practice question."""
        with self._writing() as session:
            return practice_service.answer(session, self.bank, self.fold, attempt, given)

    def practice_view(self, skill: str) -> PracticeView:
        """How practice of ``skill`` has gone."""
        with self._reading() as session:
            return practice_queries.view(session, self.bank, skill)

    def outcome(self, attempt: str) -> Answered:
        """The outcome of a question answered before, in placement or practice."""
        with self._reading() as session:
            return practice_queries.outcome(session, self.bank, attempt)

    # Exercises

    def exercises(self) -> tuple[ExerciseLine, ...]:
        """The catalogue of exercises."""
        with self._reading() as session:
            return exercise_queries.catalogue(session, self.bank)

    def exercise(self, slug: str) -> ExercisePage:
        """One exercise with draft, hints and submissions."""
        with self._reading() as session:
            return exercise_queries.page(session, self.bank, slug)

    def check(self, slug: str, source: str) -> Handed:
        """Save the code, grade it in the sandbox, and record the verdict.

        Raises:
            Unavailable: grading failed through no fault of the learner; the code is kept and
                nothing is counted.
        """
        exercise = exercise_service.find(self.bank, slug)
        with self._writing() as session:
            attempt = exercise_service.submit(session, exercise, source)
        verdict = self._queued(attempt.id)
        with self._reading() as session:
            handed = exercise_queries.handed(attempts.get_attempt(session, attempt.id))
        return Handed(handed.attempt, handed.at, handed.state, handed.source, verdict)

    def finish(self, attempt: str) -> Handed:
        """Grade a submission whose grading was interrupted."""
        with self._reading() as session:
            found = attempts.get_attempt(session, attempt)
        if found.state != "submitted":
            raise Conflict("That submission has been graded already.")
        self._queued(attempt)
        with self._reading() as session:
            return exercise_queries.handed(attempts.get_attempt(session, attempt))

    def finish_all(self) -> tuple[Handed, ...]:
        """Grade every submission whose grading was interrupted."""
        return tuple(self.finish(attempt) for attempt in self.today().interrupted)

    def _queued(self, attempt_id: str) -> Verdict:
        """Grade when its turn comes, and wait for it."""
        return self.queue.submit_for(self.learner.id, partial(self._grade, attempt_id)).result()

    def _grade(self, attempt_id: str) -> Verdict:
        with self._reading() as session:
            attempt = attempts.get_attempt(session, attempt_id)
        exercise = exercise_service.find(self.bank, attempt.slug)
        try:
            key = answer_key(exercise, self.bank.folder("exercise", exercise.slug))
            verdict = self.sandbox.grade(exercise, key, attempt.given or "", seed=attempt.seed)
        except JourneymanError as error:
            with self._writing() as session:
                exercise_service.failed(session, attempt, error.message)
            raise
        with self._writing() as session:
            exercise_service.record(session, self.fold, exercise, attempt, verdict)
        return verdict

    def regrade(self, slug: str = "") -> tuple[Regraded, ...]:
        """Grade stored submissions again where their exercise has a newer version.

        The old grade stays beside the new one. Returns what was graded again by this call.
        """
        if slug:
            exercise_service.find(self.bank, slug)
        with self._reading() as session:
            found = exercise_service.to_regrade(session, self.bank, slug)
        for attempt in found:
            exercise = self.bank.exercises[attempt.slug]
            key = answer_key(exercise, self.bank.folder("exercise", exercise.slug))
            verdict = self.sandbox.grade(exercise, key, attempt.given or "", seed=attempt.seed)
            with self._writing() as session:
                exercise_service.record_regrade(session, self.fold, exercise, attempt, verdict)
        with self._reading() as session:
            graded = exercise_queries.regraded(session, slug)
        now_graded = {attempt.id for attempt in found}
        return tuple(one for one in graded if one.attempt in now_graded)

    def regraded(self, slug: str = "") -> tuple[Regraded, ...]:
        """Every later grade of stored submissions, beside the first one."""
        with self._reading() as session:
            return exercise_queries.regraded(session, slug)

    def save_draft(self, slug: str, source: str) -> None:
        """Keep what stands in the editor."""
        exercise = exercise_service.find(self.bank, slug)
        with self._writing() as session:
            exercise_service.save_draft(session, exercise, source)

    def hint(self, slug: str) -> tuple[str, ...]:
        """Take one more hint; returns all taken."""
        exercise = exercise_service.find(self.bank, slug)
        with self._writing() as session:
            return exercise_service.hint(session, exercise)

    def give_up(self, slug: str) -> str:
        """Give up and read the solution; giving up is evidence too."""
        exercise = exercise_service.find(self.bank, slug)
        with self._writing() as session:
            exercise_service.give_up(session, self.fold, exercise)
            return exercise_service.solution(session, self.bank, exercise)

    def solution(self, slug: str) -> str:
        """The solution, after passing or giving up."""
        exercise = exercise_service.find(self.bank, slug)
        with self._reading() as session:
            return exercise_service.solution(session, self.bank, exercise)

    # Study

    def today(self, minutes: int | None = None) -> Today:
        """What to do next and why, sized to the minutes there are."""
        with self._reading() as session:
            return study.today(session, self.bank, self.fold, minutes or self.minutes)

    def map(self) -> SkillMap:
        """The whole prerequisite graph with what is known of each skill."""
        with self._reading() as session:
            return study.skill_map(session, self.bank, self.fold)

    def skill(self, slug: str) -> SkillPage:
        """One skill's page."""
        if slug not in self.bank.graph.skills:
            raise NotFound(f"There is no skill {slug!r}; the map shows them all.")
        with self._reading() as session:
            return study.skill_page(session, self.bank, self.fold, slug)

    def mastery(self) -> dict[str, Mastery]:
        """Every skill's mastery now."""
        with self._reading() as session:
            return study.mastery_of(session, self.fold)

    def progress(self, *, source: str = "", skill: str = "", offset: int = 0) -> Progress:
        """What changed lately, and a page of the ledger."""
        if skill and skill not in self.bank.graph.skills:
            raise NotFound(f"There is no skill {skill!r}; the map shows them all.")
        with self._reading() as session:
            return study.progress(
                session, self.bank, self.fold, source=source, skill=skill, offset=offset
            )

    def evidence(self, identifier: str) -> Evidence:
        """One fact of the ledger."""
        with self._reading() as session:
            found = ledger.get(session, identifier)
        if found is None:
            raise NotFound("There is no such piece of evidence on this record.")
        return found

    # Portfolio, export and import

    def portfolio(self) -> Portfolio:
        """What the published site shows."""
        with self._reading() as session:
            return portfolio_queries.portfolio(session, self.learner, self.bank, self.fold)

    def publish(self, out: Path) -> tuple[Path, ...]:
        """Write the site into the folder ``out``; returns the files written."""
        return portfolio_service.publish(self.portfolio(), out)

    def export(self, out: Path) -> Path:
        """Write the whole record into the folder ``out``: JSON Lines and the sources."""
        with self._reading() as session:
            return exporting.export(session, out)

    def import_(self, source: Path) -> importing.Imported:
        """Merge an export into this record; all of it or nothing."""
        lines = importing.read(source)
        with self._writing() as session:
            done = importing.merge(session, lines, self.fold)
        self._read_learner()
        return done

    def rebuild(self) -> dict[str, Mastery]:
        """Fold the ledger anew and keep the result."""
        with self._writing() as session:
            ledger.rebuild(session, self.fold)
            return study.mastery_of(session, self.fold)

    # The person and the machine

    @property
    def minutes(self) -> int:
        """Minutes a day that the plan is sized to."""
        return int(self.learner.preferences.get("minutes", self.settings.minutes))

    def change(self, *, name: str | None = None, minutes: int | None = None) -> Learner:
        """Change the learner's name or daily minutes."""
        values: dict[str, Any] = {}
        if name is not None:
            if not name.strip() or len(name.strip()) > LONGEST_NAME or not name.isprintable():
                raise Invalid(f"A name is one line of 1 to {LONGEST_NAME} characters.")
            values["name"] = name.strip()
        if minutes is not None:
            if not 5 <= minutes <= 600:
                raise Invalid("The plan takes 5 to 600 minutes a day.")
            values["preferences"] = {**self.learner.preferences, "minutes": minutes}
        if values:
            with self._writing() as session:
                attempts.change_learner(session, **values)
            self._read_learner()
        return self.learner

    def _read_learner(self) -> None:
        with self.database.reading() as db:
            self.learner = attempts.local_learner(db) or self.learner

    def isolation(self) -> Isolation:
        """How strongly submitted code is confined on this machine."""
        return self.sandbox.isolation()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Entries of the bank that were left out, and why."""
        return self.bank.faults
