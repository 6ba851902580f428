"""The evidence ledger: append-only, folded into mastery, foldable anew at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

import sqlalchemy as sa

from journeyman.core.evidence import Evidence
from journeyman.core.fold import Fold, Rows
from journeyman.store.session import Session
from journeyman.store.tables import evidence as table
from journeyman.store.tables import mastery

COLUMNS = tuple(field.name for field in fields(Evidence))


def append(session: Session, fact: Evidence, fold: Fold) -> None:
    """Write one fact and carry the stored state forward by it."""
    rows, through = _stored(session, fold)
    session.db.execute(table.insert().values(asdict(fact)))
    if rows is None or through > _position(fact):
        rebuild(session, fold)
    else:
        _keep(session, fold, fold.step(rows, fact), fact)


def add_all(session: Session, facts: Sequence[Evidence], fold: Fold) -> None:
    """Write many facts, in any order, and fold the ledger anew."""
    if facts:
        session.db.execute(table.insert(), [asdict(fact) for fact in facts])
    rebuild(session, fold)


def rows(session: Session, fold: Fold) -> Rows:
    """The state of the model after the whole ledger.

    State kept by another model or for another graph is not used: the ledger is folded anew.
    """
    found, _ = _stored(session, fold)
    return found if found is not None else folded(session, fold)


def rebuild(session: Session, fold: Fold) -> Rows:
    """Fold the whole ledger and keep the result."""
    last: Evidence | None = None
    state = fold.start()
    for last in history(session):
        state = fold.step(state, last)
    _keep(session, fold, state, last)
    return state


def folded(session: Session, fold: Fold) -> Rows:
    """Fold the whole ledger without keeping the result."""
    state = fold.start()
    for fact in history(session):
        state = fold.step(state, fact)
    return state


def history(session: Session) -> Iterator[Evidence]:
    """Every fact about the learner, oldest first."""
    query = (
        sa.select(table).where(table.c.learner == session.learner).order_by(table.c.at, table.c.id)
    )
    for row in session.db.execute(query):
        yield Evidence(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def page(
    session: Session, *, source: str = "", skill: str = "", offset: int = 0, most: int = 50
) -> tuple[list[Evidence], int]:
    """Facts newest first, and how many there are in all, narrowed by source or skill."""
    where = [table.c.learner == session.learner]
    if source:
        where.append(table.c.source == source)
    if skill:
        where.append(sa.cast(table.c.skills, sa.Text).contains(f'"{skill}"', autoescape=True))
    count = session.db.execute(
        sa.select(sa.func.count()).select_from(table).where(*where)
    ).scalar_one()
    query = sa.select(table).where(*where).order_by(table.c.at.desc(), table.c.id.desc())
    found = session.db.execute(query.offset(offset).limit(most))
    return [Evidence(**row._mapping) for row in found], count  # noqa: SLF001


def get(session: Session, identifier: str) -> Evidence | None:
    """One fact, or None."""
    query = sa.select(table).where(table.c.id == identifier, table.c.learner == session.learner)
    row = session.db.execute(query).one_or_none()
    return None if row is None else Evidence(**row._mapping)  # noqa: SLF001


def _position(fact: Evidence) -> tuple[str, str]:
    return fact.at.isoformat(timespec="microseconds"), fact.id


def _stored(session: Session, fold: Fold) -> tuple[Rows | None, tuple[str, str]]:
    row = session.db.execute(
        sa.select(mastery).where(mastery.c.learner == session.learner)
    ).one_or_none()
    if row is None or row.fold != fold.name:
        return None, ("", "")
    through = row.through_at.isoformat(timespec="microseconds") if row.through_at else ""
    return row._mapping["rows"], (through, row.through_id)  # noqa: SLF001


def _keep(session: Session, fold: Fold, state: Rows, last: Evidence | None) -> None:
    values: dict[str, Any] = {
        "fold": fold.name,
        "through_at": last.at if last else None,
        "through_id": last.id if last else "",
        "rows": state,
    }
    changed = session.db.execute(
        mastery.update().where(mastery.c.learner == session.learner).values(values)
    )
    if not changed.rowcount:
        session.db.execute(mastery.insert().values(learner=session.learner, **values))
