"""The verbs of competitions. None commits; scoring runs between two transactions."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from journeyman.competitions import rules
from journeyman.competitions.entry import Competition
from journeyman.competitions.home import Solution
from journeyman.competitions.house_field import Rung
from journeyman.competitions.parts import PartScore, pack, score_rows, unpack
from journeyman.competitions.standing import (
    Model,
    best_of,
    content_of,
    find,
    hints_seen,
    public_score,
    released_or_none,
    released_score,
    standing_of,
    suspicious,
)
from journeyman.core.identifiers import new_id
from journeyman.errors import Invalid, NotFound
from journeyman.scoring.ladder import Released, error_of_means, release
from journeyman.scoring.metric import Numbers
from journeyman.store import competing, ledger
from journeyman.store.competing import Entrant, Form, Submission
from journeyman.store.session import Session

LONGEST_NOTE = 4000
_FACTS = 1000
"""So many facts are looked through for what is known of a competition already."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed in: a name for people, the bytes' hash, and how it is to be scored."""

    name: str
    file_sha256: str
    form: Form
    code: str | None = None
    seed: int = 0
    expected: rules.Expectation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A submission's predictions, in the order of the test rows, and their public score.

    Attributes:
        extra: Further results to keep, such as that of running the code again.
    """

    solution: Solution
    given: Numbers
    score: PartScore
    extra: Mapping[str, Any] = field(default_factory=dict)


def handed_file(name: str, data: bytes, **fields: Any) -> Handed:
    """What is handed in, with the hash of its bytes."""
    return Handed(name[-200:], hashlib.sha256(data).hexdigest(), **fields)


def with_words(handed: Handed, expected: rules.Expectation | None, note: str) -> Handed:
    """The same with the learner's expectation and note."""
    return replace(handed, expected=expected, note=note)


def join(session: Session, competition: Competition) -> Entrant:
    """Take part; nothing happens the second time."""
    competing.keep_entrant(session, competition.slug)
    return competing.entrant(session, competition.slug)


def submit(
    session: Session,
    competition: Competition,
    handed: Handed,
    given: Numbers | None,
    *,
    sealed: bool = False,
) -> Submission:
    """Write a submission to the record before it is scored.

    Args:
        session: An open transaction.
        competition: What it is for.
        handed: What was handed in.
        given: Its predictions, for a file; None for code, which has not run yet.
        sealed: Whether the labels cannot be read on this machine.
    """
    join(session, competition)
    expected = handed.expected
    submission = Submission(
        id=new_id(session.now),
        learner=session.learner,
        slug=competition.slug,
        version=competition.version,
        sha256=competition.sha256,
        form=handed.form,
        level=rules.level_of(competition.level, handed.form, sealed=sealed),
        stage="submitted",
        name=handed.name,
        file_sha256=handed.file_sha256,
        seed=handed.seed,
        code=handed.code,
        expected=expected.value if expected else None,
        margin=expected.margin if expected else None,
        note=handed.note[:LONGEST_NOTE],
        public=None,
        private=None,
        opened_at=session.now,
        closed_at=None,
    )
    competing.add_submission(session, submission)
    if given is not None:
        competing.keep_predictions(session, submission.id, pack(given))
    return submission


def failed(session: Session, submission: Submission, message: str) -> None:
    """The submission could not be run: it is kept, told, and counts nothing."""
    competing.change_submission(
        session,
        submission.id,
        stage="failed",
        public={"message": message},
        closed_at=session.now,
    )


def wait(session: Session, submission: Submission) -> None:
    """The labels are sealed: the submission is scored when they are opened."""
    competing.change_submission(session, submission.id, stage="waiting", closed_at=session.now)


def record(
    session: Session,
    model: Model,
    competition: Competition,
    submission: Submission,
    scored: Scored,
    rungs: Sequence[Rung],
) -> Released:
    """Take one step of the Ladder, write the public score and, where it says something, evidence.

    Args:
        session: An open transaction.
        model: The learner model that evidence is folded into.
        competition: What it is for.
        submission: What was handed in.
        scored: Its predictions and their score.
        rungs: The house field once all of it was run, else nothing: then this is no evidence.
    """
    solution, given, score = scored.solution, scored.given, scored.score
    late = competing.entrant(session, competition.slug).closed_at is not None
    best = None if late else best_of(find(session, competition), submission.id)
    public = solution.part(public=True)
    error = 0.0
    if best is not None:
        error = _error(session, competition, scored, best)
    units = len(public)
    if solution.truth.groups is not None:
        units = len(np.unique(solution.truth.groups[public]))
    released = release(
        competition.metric,
        score.value,
        best=None if best is None else released_score(best),
        error=error,
        rows=units,
    )
    found = {
        **score.data(),
        "released": released.score if math.isfinite(released.score) else None,
        "climbed": released.climbed,
        "step": released.step if math.isfinite(released.step) else None,
        "late": late,
        **scored.extra,
    }
    private = None
    if late:
        private = score_rows(competition, solution, given, public=False).data()
    competing.change_submission(
        session,
        submission.id,
        stage="scored",
        public=found,
        private=private,
        closed_at=session.now,
    )
    if released.climbed and not late and not scored.extra.get("leans_on"):
        scored_now = competing.get_submission(session, submission.id)  # with how it was confined
        _public_evidence(session, model, competition, scored_now, score, rungs)
    return released


def _error(session: Session, competition: Competition, scored: Scored, best: Submission) -> float:
    """Standard error of the paired difference to the best submission so far."""
    public = scored.solution.part(public=True)
    truth = scored.solution.truth.only(public)
    if competition.metric.losses is not None:
        data = competing.get_predictions(session, best.id)
        before = unpack(data)[public] if data else None
        exact = None
        if before is not None:
            exact = error_of_means(competition.metric, truth, scored.given[public], before)
        if exact is not None:
            return exact
    error = scored.score.against(competition.metric, public_score(best)).error
    return error if math.isfinite(error) else math.inf


def note(session: Session, competition: Competition, text: str, submission: str = "") -> Submission:
    """Keep a note with a submission, the newest one unless another is named.

    Raises:
        Invalid: the note is empty or too long.
        NotFound: there is no such submission.
    """
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise Invalid(f"A note has 1 to {LONGEST_NOTE:,} characters.")
    if submission:
        found = competing.get_submission(session, submission)
        if found.slug != competition.slug:
            raise NotFound(f"That submission is one to {found.slug}, not to {competition.slug}.")
    else:
        every = find(session, competition)
        if not every:
            raise NotFound("There is no submission yet that a note could go with.")
        found = every[-1]
    text = f"{found.note}\n{text.strip()}".strip()[-LONGEST_NOTE:]
    competing.change_submission(session, found.id, note=text)
    return competing.get_submission(session, found.id)


def _public_evidence(
    session: Session,
    model: Model,
    competition: Competition,
    submission: Submission,
    score: PartScore,
    rungs: Sequence[Rung],
) -> None:
    """Provisional evidence: for the first submission, and when a higher rung is reached."""
    if not rungs or suspicious(competition, score):
        return
    here = standing_of(competition, score, rungs, public=True)
    told, _ = ledger.page(session, source="competition", most=_FACTS)
    before = [
        fact.score
        for fact in told
        if (fact.slug, fact.sha256) == (competition.slug, competition.sha256)
        and fact.detail.get("part") == "public"
    ]
    if before and here.score <= max(before):
        return
    skills = model.known(competition.skills)
    if not skills:
        return
    detail = {
        "part": "public",
        "metric": competition.metric.name,
        "score": released_or_none(score.value),
        "rung": here.on,
        "rungs": here.rungs,
    }
    fact = rules.evidence(
        content_of(submission),
        skills,
        here.score,
        identifier=new_id(session.now),
        at=session.now,
        share=rules.PROVISIONAL,
        hints=hints_seen(session, competition),
        detail=detail,
    )
    ledger.append(session, fact, model.fold)
