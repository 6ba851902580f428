"""Reads of exercises: the catalogue, one exercise, and what was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from journeyman.core.asking import Attempt
from journeyman.core.exercise import Exercise, Verdict
from journeyman.curriculum.loading import LoadedBank
from journeyman.exercises import service
from journeyman.store import attempts
from journeyman.store.session import Session

Standing = Literal["new", "started", "passed", "gave-up"]


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """One exercise in the catalogue."""

    exercise: Exercise
    standing: Standing
    tries: int


@dataclass(frozen=True, slots=True)
class Handed:
    """One submission. ``verdict`` is None while it is not graded or where grading failed."""

    attempt: str
    at: datetime
    state: str
    source: str
    verdict: Verdict | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Regraded:
    """An old submission, its first grade, and the grade of a newer version of its exercise."""

    attempt: str
    slug: str
    at: datetime
    old_version: int
    old: str
    new_version: int
    new: str

    @property
    def changed(self) -> bool:
        """Whether the outcome is another one."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """Everything about one exercise for one learner."""

    exercise: Exercise
    task: str
    starter: str
    draft: str
    standing: Standing
    hints: tuple[str, ...]
    hints_left: int
    solution: str | None
    handed: tuple[Handed, ...]


def catalogue(session: Session, bank: LoadedBank) -> tuple[ExerciseLine, ...]:
    """Every exercise in force, in the order of the graph."""
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts.find_attempts(session, kind="exercise"):
        found.setdefault(attempt.slug, []).append(attempt)
    place = {slug: i for i, slug in enumerate(bank.graph.order)}
    entries = sorted(
        (entry for entry in bank.exercises.values() if entry.status in {"active", "beta"}),
        key=lambda entry: (place[entry.home], entry.difficulty, entry.slug),
    )
    return tuple(
        ExerciseLine(entry, _standing(found.get(entry.slug, [])), _tries(found.get(entry.slug, [])))
        for entry in entries
    )


def page(session: Session, bank: LoadedBank, slug: str) -> ExercisePage:
    """One exercise with the learner's draft, hints and submissions."""
    exercise = service.find(bank, slug)
    folder = bank.folder("exercise", slug)
    working = attempts.working(session, slug)
    found = attempts.find_attempts(session, kind="exercise", slug=slug)
    standing = _standing(found)
    starter = (folder / "starter.py").read_text("utf-8")
    shown = standing == "passed" or working.gave_up_at is not None
    return ExercisePage(
        exercise,
        (folder / "task.md").read_text("utf-8"),
        starter,
        working.draft if working.draft is not None else starter,
        standing if standing != "new" or working.draft is None else "started",
        exercise.hints[: working.hints],
        len(exercise.hints) - working.hints,
        (folder / "reference.py").read_text("utf-8") if shown else None,
        tuple(handed(attempt) for attempt in found if attempt.given is not None),
    )


def regraded(session: Session, slug: str = "") -> tuple[Regraded, ...]:
    """Every later grade beside its first one, oldest first."""
    return tuple(
        Regraded(
            one.attempt,
            attempt.slug,
            one.at,
            attempt.version,
            str((attempt.result or {}).get("verdict", "")),
            one.version,
            str(one.result.get("verdict", "")),
        )
        for one in attempts.find_regrades(session, slug)
        for attempt in [attempts.get_attempt(session, one.attempt)]
    )


def handed(attempt: Attempt) -> Handed:
    """One submission as it is shown."""
    result = dict(attempt.result or {})
    verdict = service.verdict_from(result) if attempt.state == "marked" else None
    message = str(result.get("message", "")) if attempt.state == "failed" else ""
    return Handed(
        attempt.id, attempt.opened_at, attempt.state, attempt.given or "", verdict, message
    )


def _tries(found: list[Attempt]) -> int:
    return sum(attempt.given is not None for attempt in found)


def _standing(found: list[Attempt]) -> Standing:
    verdicts = {(attempt.result or {}).get("verdict") for attempt in found}
    if "passed" in verdicts:
        return "passed"
    if "gave-up" in verdicts:
        return "gave-up"
    return "started" if found else "new"
