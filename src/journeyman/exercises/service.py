"""The verbs of exercises. None commits; grading runs between two transactions, outside both."""

from __future__ import annotations

from typing import Any

from journeyman.core.asking import Attempt
from journeyman.core.exercise import CaseResult, Exercise, Verdict
from journeyman.core.fold import Fold
from journeyman.core.identifiers import new_id, new_seed
from journeyman.curriculum.loading import LoadedBank
from journeyman.errors import Conflict, Invalid, NotFound, TooLarge
from journeyman.exercises import rules
from journeyman.store import attempts, ledger
from journeyman.store.session import Session

LONGEST_SOURCE = 64 * 1024


def find(bank: LoadedBank, slug: str) -> Exercise:
    """The exercise of that name.

    Raises:
        NotFound: if there is none.
    """
    if slug not in bank.exercises:
        raise NotFound(f"There is no exercise {slug!r}; `journeyman content list` names them all.")
    return bank.exercises[slug]


def submit(session: Session, exercise: Exercise, source: str) -> Attempt:
    """Write the code to the record before anything is run.

    Raises:
        Invalid: the code is empty or no text.
        TooLarge: it is longer than 64 KiB.
    """
    if not source.strip():
        raise Invalid("There is no code to check yet; write the function first.")
    if len(source.encode()) > LONGEST_SOURCE:
        raise TooLarge(
            f"The code has {len(source.encode()):,} bytes; an exercise takes at most "
            f"{LONGEST_SOURCE:,}."
        )
    if "\0" in source:
        raise Invalid("The code holds a NUL character, which Python cannot read; remove it.")
    attempts.keep_working(session, exercise.slug, draft=source)
    return attempts.open_attempt(
        session, exercise, purpose="exercise", kind="exercise", seed=new_seed(), given=source
    )


def record(
    session: Session, fold: Fold, exercise: Exercise, attempt: Attempt, verdict: Verdict
) -> None:
    """Write the verdict and, where it says something, its evidence."""
    working = attempts.working(session, exercise.slug)
    earlier = attempts.find_attempts(session, kind="exercise", slug=exercise.slug, state="marked")
    closed = attempts.close_attempt(session, attempt, "marked", rules.verdict_data(verdict))
    if not closed or not rules.counts(verdict, earlier, attempt.given or ""):
        return
    weight = rules.strength(
        verdict,
        working.hints,
        passed_before=any((a.result or {}).get("verdict") == "passed" for a in earlier),
        solution_seen=working.gave_up_at is not None,
    )
    fact = rules.evidence_of_verdict(
        attempt,
        exercise,
        verdict,
        identifier=new_id(session.now),
        at=session.now,
        hints=working.hints,
        weight=weight,
    )
    ledger.append(session, fact, fold)


def failed(session: Session, attempt: Attempt, message: str) -> None:
    """Our failure: the attempt is closed with its code kept, and nothing is counted."""
    attempts.close_attempt(session, attempt, "failed", {"message": message})


def to_regrade(session: Session, bank: LoadedBank, slug: str = "") -> list[Attempt]:
    """Graded submissions whose exercise has a newer version that has not graded them yet."""
    done = {(one.attempt, one.version) for one in attempts.find_regrades(session)}
    found = attempts.find_attempts(session, kind="exercise", slug=slug, state="marked")
    return [
        attempt
        for attempt in reversed(found)
        if attempt.given is not None
        and attempt.slug in bank.exercises
        and attempt.version < bank.exercises[attempt.slug].version
        and (attempt.id, bank.exercises[attempt.slug].version) not in done
    ]


def record_regrade(
    session: Session, fold: Fold, exercise: Exercise, attempt: Attempt, verdict: Verdict
) -> None:
    """Keep the new grade beside the old one; a changed outcome is evidence of its own.

    Nothing that was recorded is altered: the ledger gets one more fact, obtained by a re-run.
    """
    attempts.add_regrade(session, attempt, exercise, rules.verdict_data(verdict))
    before = (attempt.result or {}).get("verdict") == "passed"
    if before != verdict.passed:
        fact = rules.evidence_of_rerun(
            attempt, exercise, verdict, identifier=new_id(session.now), at=session.now
        )
        ledger.append(session, fact, fold)


def save_draft(session: Session, exercise: Exercise, source: str) -> None:
    """Keep what stands in the editor.

    Raises:
        TooLarge: it is longer than 64 KiB.
    """
    if len(source.encode()) > LONGEST_SOURCE:
        raise TooLarge(f"A draft takes at most {LONGEST_SOURCE:,} bytes; this one was not kept.")
    attempts.keep_working(session, exercise.slug, draft=source)


def hint(session: Session, exercise: Exercise) -> tuple[str, ...]:
    """Take one more hint; returns all that were taken.

    Raises:
        Conflict: there are no more.
    """
    taken = attempts.working(session, exercise.slug).hints
    if taken >= len(exercise.hints):
        raise Conflict(
            f"That was the last of {len(exercise.hints)} hints. You can read the lesson again, or "
            "give up and see the solution."
        )
    attempts.keep_working(session, exercise.slug, hints=taken + 1)
    return exercise.hints[: taken + 1]


def give_up(session: Session, fold: Fold, exercise: Exercise) -> None:
    """Open the solution; before passing, the first time, that is evidence of not holding."""
    working = attempts.working(session, exercise.slug)
    if working.gave_up_at is not None or passed(session, exercise):
        return
    attempts.keep_working(session, exercise.slug, gave_up_at=session.now)
    attempt = attempts.open_attempt(
        session, exercise, purpose="exercise", kind="exercise", seed=0, reason="gave up"
    )
    attempts.close_attempt(session, attempt, "marked", {"verdict": "gave-up"})
    fact = rules.evidence_of_giving_up(
        attempt, exercise, identifier=new_id(session.now), at=session.now, hints=working.hints
    )
    ledger.append(session, fact, fold)


def passed(session: Session, exercise: Exercise) -> bool:
    """Whether any version of the exercise was passed."""
    found = attempts.find_attempts(session, kind="exercise", slug=exercise.slug, state="marked")
    return any((attempt.result or {}).get("verdict") == "passed" for attempt in found)


def solution(session: Session, bank: LoadedBank, exercise: Exercise) -> str:
    """The reference solution.

    Raises:
        Conflict: before passing or giving up.
    """
    gave_up = attempts.working(session, exercise.slug).gave_up_at is not None
    if not gave_up and not passed(session, exercise):
        raise Conflict("The solution opens after you pass, or after you give up.")
    return (bank.folder("exercise", exercise.slug) / "reference.py").read_text("utf-8")


def verdict_from(data: dict[str, Any]) -> Verdict:
    """A verdict back from what was recorded."""
    fields = {**data, "cases": tuple(CaseResult(**case) for case in data.get("cases", ()))}
    for name in ("advice", "traceback"):
        fields[name] = tuple(tuple(x) if isinstance(x, list) else x for x in fields.get(name, ()))
    return Verdict(**fields)
