"""Pure decisions of exercises: what a verdict is evidence of, and what may be shown when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from journeyman.core.asking import Attempt
from journeyman.core.evidence import Evidence
from journeyman.core.exercise import Exercise, Verdict

PASSED = 2.0
FELL_SHORT = 0.3
GAVE_UP = 0.6
AGAIN = 0.2
PER_HINT = 0.75
WEAK_ISOLATION = 0.8
"""Strengths against one plain answered question (1.0). Writing code that passes unseen cases says
more than one answer; a failed try says little, because everybody fails before passing; what is
passed after hints, or for a second time, says less. Chosen by judgement; see docs/explanation."""


def strength(verdict: Verdict, hints: int, *, passed_before: bool, solution_seen: bool) -> float:
    """How much a verdict counts against one plain answered question."""
    if not verdict.passed:
        return FELL_SHORT
    value = PASSED * PER_HINT**hints
    if passed_before or solution_seen:
        value = min(value, AGAIN)
    return value * (WEAK_ISOLATION if verdict.isolation == "limits-only" else 1.0)


def counts(verdict: Verdict, earlier: Sequence[Attempt], source: str) -> bool:
    """Whether a verdict is evidence at all.

    Code that was not run (rejected) or that answered in the judge's place (forged) says nothing
    about a skill, and the same code handed in twice says nothing new.
    """
    if verdict.verdict in {"rejected", "forged"}:
        return False
    return not any(
        attempt.given == source and (attempt.result or {}).get("verdict") == verdict.verdict
        for attempt in earlier
    )


def evidence_of_verdict(
    attempt: Attempt,
    exercise: Exercise,
    verdict: Verdict,
    *,
    identifier: str,
    at: datetime,
    hints: int,
    weight: float,
) -> Evidence:
    """The fact that one graded submission establishes."""
    detail = {
        "verdict": verdict.verdict,
        "category": verdict.category,
        "cases_passed": sum(case.passed for case in verdict.cases),
        "cases": len(verdict.cases),
    }
    fact = _fact(attempt, exercise, identifier, at, hints)
    return replace(
        fact,
        score=float(verdict.passed),
        strength=weight,
        isolation=verdict.isolation,
        detail=detail,
    )


def evidence_of_giving_up(
    attempt: Attempt, exercise: Exercise, *, identifier: str, at: datetime, hints: int
) -> Evidence:
    """Giving up is evidence too: the skills were not enough for this exercise, today."""
    fact = _fact(attempt, exercise, identifier, at, hints)
    return replace(fact, how="gave-up", strength=GAVE_UP)


def evidence_of_rerun(
    attempt: Attempt, exercise: Exercise, verdict: Verdict, *, identifier: str, at: datetime
) -> Evidence:
    """A newer version of the exercise judges an old submission otherwise than the old one did."""
    fact = _fact(attempt, exercise, identifier, at, 0)
    return replace(
        fact,
        how="re-run",
        version=exercise.version,
        sha256=exercise.sha256,
        score=float(verdict.passed),
        strength=PASSED,
        isolation=verdict.isolation,
        detail={"verdict": verdict.verdict, "before": (attempt.result or {}).get("verdict", "")},
    )


def _fact(
    attempt: Attempt, exercise: Exercise, identifier: str, at: datetime, hints: int
) -> Evidence:
    return Evidence(
        id=identifier,
        learner=attempt.learner,
        at=at,
        source="exercise",
        how="graded",
        kind="exercise",
        slug=exercise.slug,
        version=attempt.version,
        sha256=attempt.sha256,
        seed=attempt.seed,
        skills=dict(exercise.skills),
        score=0.0,
        guess=0.01,
        slip=0.15,
        difficulty=exercise.difficulty,
        hints=hints,
        attempt=attempt.id,
    )


def verdict_data(verdict: Verdict) -> dict[str, object]:
    """A verdict as plain JSON data; figures stay out, they are shown once and not kept."""
    data = asdict(verdict)
    del data["figures"]
    return data
