"""Projects in the record: when they were started, looks at the hold-out, what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from journeyman.store.session import Session
from journeyman.store.tables import projects


@dataclass(frozen=True, slots=True)
class Built:
    """One project of the learner.

    Attributes:
        sha256: Of the guided project's entry; of the data for the learner's own.
        folder: Where the repository was when it was last seen.
        holdout: The record of ``journeyman.scoring.evaluation.Holdout``; None without one.
        checked: What the last check found.
        reproduced: How far the last re-run got.
        submitted: What was handed in last.
        closed_at: When it was first handed in.
    """

    id: str
    learner: str
    slug: str
    version: int
    sha256: str
    title: str
    folder: str
    holdout: Mapping[str, Any] | None
    checked: Mapping[str, Any] | None
    reproduced: Mapping[str, Any] | None
    submitted: Mapping[str, Any] | None
    opened_at: datetime
    closed_at: datetime | None


def add(session: Session, built: Built) -> None:
    """Keep a project that was started."""
    session.db.execute(projects.insert().values(asdict(built)))


def change(session: Session, identifier: str, **values: Any) -> None:
    """Change fields of a project of this learner."""
    session.db.execute(
        projects.update()
        .where(projects.c.id == identifier, projects.c.learner == session.learner)
        .values(**values)
    )


def every(session: Session, slug: str = "") -> list[Built]:
    """Projects of this learner, oldest first."""
    query = sa.select(projects).where(projects.c.learner == session.learner)
    if slug:
        query = query.where(projects.c.slug == slug)
    query = query.order_by(projects.c.opened_at, projects.c.id)
    return [Built(**row._mapping) for row in session.db.execute(query)]  # noqa: SLF001 - public


def find(session: Session, slug: str) -> Built | None:
    """The newest project of that slug."""
    found = every(session, slug)
    return found[-1] if found else None
