"""Submissions to competitions and where a learner stands with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from journeyman.errors import NotFound
from journeyman.store.session import Session
from journeyman.store.tables import entrants, predictions, submissions

Form = Literal["file", "code", "policy"]
Stage = Literal["submitted", "waiting", "scored", "failed"]


@dataclass(frozen=True, slots=True)
class Submission:
    """One thing that was handed in.

    Attributes:
        form: A file of predictions, code that makes them, or a policy that acts.
        level: How hard its score is to forge: L0 to L3.
        stage: submitted (kept, not scored yet); waiting (the labels are sealed); scored; failed
            (it could not be run; counts nothing).
        seed: Draws the split on which code is run again, or a policy's episodes.
        expected, margin: The learner's own estimate of the private score.
        public, private: Scores with their replicates; private only after closing.
    """

    id: str
    learner: str
    slug: str
    version: int
    sha256: str
    form: Form
    level: str
    stage: Stage
    name: str
    file_sha256: str
    seed: int
    code: str | None
    expected: float | None
    margin: float | None
    note: str
    public: Mapping[str, Any] | None
    private: Mapping[str, Any] | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """Where a learner stands with one competition.

    Attributes:
        hinted: For each trap whose hint was seen, when; and under ``named``, those told by name.
        outcome: The chosen submission and its private result, after closing.
    """

    slug: str
    joined_at: datetime | None = None
    hinted: Mapping[str, Any] | None = None
    closed_at: datetime | None = None
    outcome: Mapping[str, Any] | None = None


def add_submission(session: Session, submission: Submission) -> None:
    """Keep what was handed in."""
    session.db.execute(submissions.insert().values(asdict(submission)))


def keep_predictions(session: Session, submission: str, data: bytes) -> None:
    """Keep the predictions of a submission."""
    session.db.execute(predictions.insert().values(submission=submission, data=data))


def change_submission(session: Session, identifier: str, **values: Any) -> bool:
    """Change fields of a submission; False if there is no such one of this learner."""
    changed = session.db.execute(
        submissions.update()
        .where(submissions.c.id == identifier, submissions.c.learner == session.learner)
        .values(**values)
    )
    return bool(changed.rowcount)


def get_submission(session: Session, identifier: str) -> Submission:
    """One submission of this learner, by its id or the last digits of it.

    Raises:
        NotFound: there is none, or several end like that.
    """
    query = sa.select(submissions).where(
        submissions.c.learner == session.learner,
        submissions.c.id.endswith(identifier, autoescape=True),
    )
    rows = session.db.execute(query.limit(2)).all()
    if len(rows) != 1 or not identifier:
        how = "Several submissions end" if rows else "No submission ends"
        raise NotFound(f"{how} with {identifier!r}; `journeyman compete notes` lists them.")
    return Submission(**rows[0]._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row


def find_submissions(session: Session, slug: str = "", stage: str = "") -> list[Submission]:
    """Submissions of this learner, oldest first."""
    query = sa.select(submissions).where(submissions.c.learner == session.learner)
    if slug:
        query = query.where(submissions.c.slug == slug)
    if stage:
        query = query.where(submissions.c.stage == stage)
    query = query.order_by(submissions.c.opened_at, submissions.c.id)
    return [Submission(**row._mapping) for row in session.db.execute(query)]  # noqa: SLF001


def get_predictions(session: Session, submission: str) -> bytes | None:
    """The kept predictions of a submission; None where it has none."""
    query = sa.select(predictions.c.data).where(predictions.c.submission == submission)
    found: bytes | None = session.db.execute(query).scalar_one_or_none()
    return found


def entrant(session: Session, slug: str) -> Entrant:
    """Where the learner stands with a competition; all empty before joining."""
    query = sa.select(entrants).where(
        entrants.c.learner == session.learner, entrants.c.slug == slug
    )
    row = session.db.execute(query).one_or_none()
    if row is None:
        return Entrant(slug)
    return Entrant(row.slug, row.joined_at, row.hinted, row.closed_at, row.outcome)


def keep_entrant(session: Session, slug: str, **values: Any) -> None:
    """Join, or change where the learner stands."""
    changed = 0
    if values:
        changed = session.db.execute(
            entrants.update()
            .where(entrants.c.learner == session.learner, entrants.c.slug == slug)
            .values(**values)
        ).rowcount
    if not changed and entrant(session, slug).joined_at is None:
        fresh = {"learner": session.learner, "slug": slug, "joined_at": session.now, "hinted": {}}
        session.db.execute(entrants.insert().values({**fresh, **values}))
