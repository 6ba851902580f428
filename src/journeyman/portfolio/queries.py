"""Reads for the portfolio: what was done, each line with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from journeyman.core.evidence import Evidence
from journeyman.core.exercise import Exercise
from journeyman.core.mastery import Mastery
from journeyman.core.skill import Skill
from journeyman.curriculum.loading import LoadedBank
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.state import State
from journeyman.portfolio import rules
from journeyman.store import attempts, ledger
from journeyman.store.attempts import Learner
from journeyman.store.session import Session


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill held on evidence of its own."""

    skill: Skill
    area: str
    mastery: Mastery
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """An exercise passed, with the learner's own code."""

    exercise: Exercise
    summary: str
    source: str
    evidence: Evidence
    tries: int
    after_solution: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the published site shows. Answers given wrongly and drafts stay private."""

    learner: Learner
    at: datetime
    skills: tuple[ShownSkill, ...]
    exercises: tuple[ShownExercise, ...]
    evidence: tuple[Evidence, ...]
    first: datetime | None
    last: datetime | None
    answers: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.skills and not self.exercises


def portfolio(
    session: Session, learner: Learner, bank: LoadedBank, fold: KnowledgeFold
) -> Portfolio:
    """Gather everything worth showing."""
    facts = list(ledger.history(session))
    state = State.from_rows(ledger.rows(session, fold))
    skills = tuple(
        ShownSkill(
            bank.graph.skills[one.skill],
            bank.graph.areas[bank.graph.skills[one.skill].area].title,
            one,
            tuple(rules.behind(facts, one.skill)),
        )
        for one in rules.shown_skills(fold.model.mastery(state, session.now))
    )
    exercises = tuple(
        _exercise(session, bank, fact, facts)
        for slug, fact in rules.passes(facts).items()
        if slug in bank.exercises
    )
    used = {fact.id for one in skills for fact in one.evidence}
    shown = {one.exercise.slug for one in exercises}
    used |= {fact.id for fact in facts if fact.kind == "exercise" and fact.slug in shown}
    return Portfolio(
        learner,
        session.now,
        skills,
        exercises,
        tuple(fact for fact in reversed(facts) if fact.id in used),
        facts[0].at if facts else None,
        facts[-1].at if facts else None,
        len(facts),
    )


def _exercise(
    session: Session, bank: LoadedBank, fact: Evidence, facts: list[Evidence]
) -> ShownExercise:
    exercise = bank.exercises[fact.slug]
    attempt = attempts.get_attempt(session, fact.attempt)
    found = attempts.find_attempts(session, kind="exercise", slug=fact.slug)
    task = (bank.folder("exercise", fact.slug) / "task.md").read_text("utf-8")
    tries = sum(one.given is not None and one.opened_at <= attempt.opened_at for one in found)
    gave_up = any(
        one.slug == fact.slug and one.how == "gave-up" and one.at <= fact.at for one in facts
    )
    summary = rules.first_paragraph(task)
    return ShownExercise(exercise, summary, attempt.given or "", fact, tries, gave_up)
