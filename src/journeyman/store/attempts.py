"""Attempts, sittings and workings: what was asked and handed in, before and after it was marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from journeyman.core.asking import Attempt, AttemptState, Purpose
from journeyman.core.identifiers import new_id
from journeyman.errors import NotFound
from journeyman.store.session import Session
from journeyman.store.tables import attempts, learners, regrades, sittings, workings

LOCAL_NAME = "Me"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One run of placement, or a test-out of one skill (``only``)."""

    id: str
    learner: str
    only: str | None
    most: int
    opened_at: datetime
    closed_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Working:
    """Where a learner stands with one exercise: draft, hints taken, whether it was given up."""

    slug: str
    draft: str | None = None
    hints: int = 0
    gave_up_at: datetime | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """The person whose record this is."""

    id: str
    name: str
    created_at: datetime
    preferences: Mapping[str, Any]


def local_learner(db: sa.Connection) -> Learner | None:
    """The one learner of a local store, or None before the first start."""
    row = db.execute(sa.select(learners).order_by(learners.c.created_at).limit(1)).one_or_none()
    return None if row is None else Learner(**row._mapping)  # noqa: SLF001


def own_learner(session: Session) -> Learner:
    """The learner whose session this is, as stored now."""
    row = session.db.execute(sa.select(learners).where(learners.c.id == session.learner)).one()
    return Learner(**row._mapping)  # noqa: SLF001


def add_learner(db: sa.Connection, now: datetime, name: str = LOCAL_NAME) -> Learner:
    """Create the learner of a new store."""
    learner = Learner(new_id(now), name, now, {})
    db.execute(learners.insert().values(asdict(learner)))
    return learner


def change_learner(session: Session, **values: Any) -> None:
    """Change the learner's name or preferences."""
    session.db.execute(learners.update().where(learners.c.id == session.learner).values(**values))


def open_sitting(session: Session, most: int, only: str | None) -> Sitting:
    """Begin a placement or a test-out."""
    sitting = Sitting(new_id(session.now), session.learner, only, most, session.now, None, "")
    session.db.execute(sittings.insert().values(asdict(sitting)))
    return sitting


def close_sitting(session: Session, sitting: Sitting, why: str) -> None:
    """End a placement or a test-out, saying why it ended."""
    session.db.execute(
        sittings.update()
        .where(sittings.c.id == sitting.id, sittings.c.closed_at.is_(None))
        .values(closed_at=session.now, why=why[:300])
    )


def latest_sitting(session: Session, only: str | None) -> Sitting | None:
    """The newest placement (``only`` None) or test-out of that skill, open or closed."""
    match = sittings.c.only.is_(None) if only is None else sittings.c.only == only
    query = sa.select(sittings).where(sittings.c.learner == session.learner, match)
    row = session.db.execute(query.order_by(sittings.c.opened_at.desc()).limit(1)).one_or_none()
    return None if row is None else Sitting(**row._mapping)  # noqa: SLF001


def open_attempt(
    session: Session,
    entry: Any,
    *,
    purpose: Purpose,
    kind: str,
    seed: int,
    reason: str = "",
    sitting: str | None = None,
    given: str | None = None,
) -> Attempt:
    """Record that ``entry`` was asked (or, with ``given``, that code was handed in)."""
    attempt = Attempt(
        id=new_id(session.now),
        learner=session.learner,
        sitting=sitting,
        purpose=purpose,
        kind=kind,
        slug=entry.slug,
        version=entry.version,
        sha256=entry.sha256,
        seed=seed,
        reason=reason[:300],
        state="open" if given is None else "submitted",
        given=given,
        result=None,
        opened_at=session.now,
        closed_at=None,
    )
    session.db.execute(attempts.insert().values(asdict(attempt)))
    return attempt


def close_attempt(
    session: Session,
    attempt: Attempt,
    state: AttemptState,
    result: Mapping[str, Any] | None,
    given: str | None = None,
) -> bool:
    """Set the outcome once; False if somebody else has closed the attempt already."""
    values: dict[str, Any] = {"state": state, "result": result, "closed_at": session.now}
    if given is not None:
        values["given"] = given
    changed = session.db.execute(
        attempts.update()
        .where(attempts.c.id == attempt.id, attempts.c.state.in_(("open", "submitted")))
        .values(values)
    )
    return bool(changed.rowcount)


def get_attempt(session: Session, identifier: str) -> Attempt:
    """One attempt of this learner.

    Raises:
        NotFound: if there is none.
    """
    query = sa.select(attempts).where(
        attempts.c.id == identifier, attempts.c.learner == session.learner
    )
    row = session.db.execute(query).one_or_none()
    if row is None:
        raise NotFound(
            "There is no such attempt on this record; go back and ask for a new question."
        )
    return Attempt(**row._mapping)  # noqa: SLF001


def find_attempts(
    session: Session,
    *,
    kind: str = "",
    slug: str = "",
    purpose: str = "",
    state: str = "",
    sitting: str = "",
    most: int | None = None,
) -> list[Attempt]:
    """Attempts newest first, narrowed by what is given."""
    query = sa.select(attempts).where(attempts.c.learner == session.learner)
    given = {"kind": kind, "slug": slug, "purpose": purpose, "state": state, "sitting": sitting}
    for name, value in given.items():
        if value:
            query = query.where(attempts.c[name] == value)
    query = query.order_by(attempts.c.opened_at.desc(), attempts.c.id.desc()).limit(most)
    return [Attempt(**row._mapping) for row in session.db.execute(query)]  # noqa: SLF001


def times_asked(session: Session) -> dict[str, int]:
    """How often each item was put to the learner."""
    query = (
        sa.select(attempts.c.slug, sa.func.count())
        .where(attempts.c.learner == session.learner, attempts.c.kind == "item")
        .group_by(attempts.c.slug)
    )
    return {row[0]: row[1] for row in session.db.execute(query)}


def working(session: Session, slug: str) -> Working:
    """Where the learner stands with an exercise; empty before the first look."""
    query = sa.select(workings).where(
        workings.c.learner == session.learner, workings.c.slug == slug
    )
    row = session.db.execute(query).one_or_none()
    if row is None:
        return Working(slug)
    return Working(**{f.name: row._mapping[f.name] for f in fields(Working)})  # noqa: SLF001


def keep_working(session: Session, slug: str, **values: Any) -> None:
    """Keep a draft, the number of hints taken or the moment of giving up."""
    values["saved_at"] = session.now
    changed = session.db.execute(
        workings.update()
        .where(workings.c.learner == session.learner, workings.c.slug == slug)
        .values(values)
    )
    if not changed.rowcount:
        fresh = {"learner": session.learner, "slug": slug, "hints": 0, **values}
        session.db.execute(workings.insert().values(fresh))


@dataclass(frozen=True, slots=True)
class Regrade:
    """A later grade of an attempt, by another version of its entry."""

    id: str
    learner: str
    attempt: str
    version: int
    sha256: str
    result: Mapping[str, Any]
    at: datetime


def add_regrade(session: Session, attempt: Attempt, entry: Any, result: Mapping[str, Any]) -> None:
    """Keep a later grade beside the first one."""
    regrade = Regrade(
        new_id(session.now),
        session.learner,
        attempt.id,
        entry.version,
        entry.sha256,
        result,
        session.now,
    )
    session.db.execute(regrades.insert().values(asdict(regrade)))


def find_regrades(session: Session, slug: str = "") -> list[Regrade]:
    """Later grades, oldest first, of one exercise or of all."""
    query = sa.select(regrades).where(regrades.c.learner == session.learner)
    if slug:
        query = query.join(attempts, attempts.c.id == regrades.c.attempt)
        query = query.where(attempts.c.slug == slug)
    query = query.order_by(regrades.c.at, regrades.c.id)
    return [Regrade(**row._mapping) for row in session.db.execute(query)]  # noqa: SLF001
