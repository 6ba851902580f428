"""Writes a whole record as open formats: JSON Lines, sources and predictions as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from journeyman.errors import Invalid, Unavailable
from journeyman.store.session import Session
from journeyman.store.tables import (
    attempts,
    entrants,
    evidence,
    learners,
    predictions,
    projects,
    regrades,
    sittings,
    submissions,
    workings,
)

FORMAT, VERSION = "journeyman-record", 1
FILE = "record.jsonl"
TABLES = {
    "learner": learners,
    "sitting": sittings,
    "attempt": attempts,
    "evidence": evidence,
    "working": workings,
    "regrade": regrades,
    "entrant": entrants,
    "submission": submissions,
    "project": projects,
}
"""Kinds of line and their tables, in the order in which they can be read back. Mastery is not
among them: it is folded anew from the evidence. Predictions are files of their own."""

PREDICTIONS = "predictions"
"""Folder of the export with a Parquet file for each submission, named by its identifier."""


def export(session: Session, out: Path) -> Path:
    """Write ``record.jsonl``, ``sources/`` and ``predictions/``; returns the JSON Lines file.

    The file is written beside and moved into place at the end, so that a broken-off export never
    looks like a whole one.
    """
    file = out / FILE
    partial = out / f"{FILE}.partial"
    if out.exists() and not out.is_dir():
        raise Invalid(f"{out} is not a folder; name one to export into.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as target:
            for line in lines(session):
                target.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        partial.replace(file)
        for name, source in sources(session):
            place = out / "sources" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(source, "utf-8")
        for name, data in prediction_files(session):
            place = out / PREDICTIONS / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    except OSError as error:
        raise Unavailable(
            f"The export could not be written to {out} ({error.strerror}); name another folder."
        ) from error
    return file


def lines(session: Session) -> Iterator[dict[str, Any]]:
    """Every line of the export: a header, then the rows of each table."""
    yield {
        "type": "header",
        "format": FORMAT,
        "version": VERSION,
        "exported_at": session.now.isoformat(),
    }
    for kind, table in TABLES.items():
        key = table.c.id if kind == "learner" else table.c.learner
        query = sa.select(table).where(key == session.learner).order_by(*table.primary_key)
        for row in session.db.execute(query):
            yield {"type": kind, **{name: _plain(v) for name, v in row._mapping.items()}}  # noqa: SLF001


def sources(session: Session) -> Iterator[tuple[str, str]]:
    """File name and text of everything that was handed in or stands in a draft."""
    query = sa.select(attempts).where(
        attempts.c.learner == session.learner,
        attempts.c.kind == "exercise",
        attempts.c.given.is_not(None),
    )
    for row in session.db.execute(query.order_by(attempts.c.opened_at)):
        stamp = row.opened_at.strftime("%Y%m%dT%H%M%S")
        yield f"{row.slug}/{stamp}-{row.id[-8:]}.py", row.given
    drafts = sa.select(workings).where(
        workings.c.learner == session.learner, workings.c.draft.is_not(None)
    )
    for row in session.db.execute(drafts):
        yield f"{row.slug}/draft.py", row.draft
    codes = sa.select(submissions).where(
        submissions.c.learner == session.learner, submissions.c.code.is_not(None)
    )
    for row in session.db.execute(codes.order_by(submissions.c.opened_at)):
        stamp = row.opened_at.strftime("%Y%m%dT%H%M%S")
        yield f"{row.slug}/{stamp}-{row.id[-8:]}.py", row.code


def prediction_files(session: Session) -> Iterator[tuple[str, bytes]]:
    """File name and bytes of the predictions of each submission."""
    query = sa.select(predictions).join(submissions, submissions.c.id == predictions.c.submission)
    query = query.where(submissions.c.learner == session.learner)
    for row in session.db.execute(query.order_by(predictions.c.submission)):
        yield f"{row.submission}.parquet", row.data


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
