"""Reads an export back: every line checked before any is written, then all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import AwareDatetime, BaseModel, Field, ValidationError, create_model

from journeyman.core.asking import AttemptState, Purpose
from journeyman.core.evidence import How, Source
from journeyman.core.fold import Fold
from journeyman.errors import Conflict, Invalid
from journeyman.store import ledger
from journeyman.store.competing import Form, Stage
from journeyman.store.exporting import FILE, FORMAT, PREDICTIONS, TABLES, VERSION
from journeyman.store.session import Session
from journeyman.store.tables import Instant, learners, predictions

PREDICTION = "prediction"
_TABLES = {**TABLES, PREDICTION: predictions}
_PARQUET = b"PAR1"  # at both ends of such a file
CLOCKS_DIFFER = timedelta(days=1)
OPENED = frozenset({"attempt", "submission", "project"})
"""Kinds of row that evidence may come from."""
LONGEST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of each kind were new, and how many were here already."""

    added: dict[str, int]
    known: int


@dataclass(frozen=True, slots=True)
class Line:
    """One checked line of an export."""

    number: int
    kind: str
    values: dict[str, Any]


def read(source: Path) -> list[Line]:
    """Read and check an export: its folder, or the JSON Lines file itself.

    Raises:
        Invalid: naming the first line that is wrong and why; nothing is written.
    """
    file = source / FILE if source.is_dir() else source
    if not file.is_file():
        raise Invalid(f"There is no {file}: name the folder that `journeyman export` wrote.")
    try:
        with file.open("rb") as raw:
            found = list(_lines(raw))
        found += _predictions(file.parent / PREDICTIONS, found)
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}.") from error
    if sum(line.kind == "learner" for line in found) != 1:
        raise Invalid(f"{file} does not hold exactly one learner; export the record again.")
    return found


def merge(session: Session, lines: list[Line], fold: Fold) -> Imported:
    """Add what is new; rows known already are left as they are.

    The record's own learner takes over the rows, so that two machines of one person can be merged.

    Raises:
        Conflict: a row of the same identifier but of other content is here already.
    """
    _look_over(session, lines)
    added: dict[str, int] = {}
    known = 0
    fresh = not _has_history(session)
    for line in lines:
        if line.kind == "learner":
            if fresh:
                _adopt(session, line.values)
            continue
        values = {**line.values}
        if line.kind != PREDICTION:
            values["learner"] = session.learner
        if _is_known(session, line, values):
            known += 1
            continue
        session.db.execute(_TABLES[line.kind].insert().values(values))
        added[line.kind] = added.get(line.kind, 0) + 1
    ledger.rebuild(session, fold)
    return Imported(added, known)


def _look_over(session: Session, lines: list[Line]) -> None:
    """What no single line can tell: facts from the future, and facts without their attempt."""
    attempts = {line.values["id"] for line in lines if line.kind in OPENED}
    latest = session.now + CLOCKS_DIFFER
    for line in lines:
        if line.kind == "evidence" and line.values["at"] > latest:
            raise Invalid(
                f"Line {line.number}: the evidence is of {line.values['at']:%d %B %Y}, which lies "
                "in the future; check this machine's clock or the file. Nothing was imported."
            )
        if line.kind in {"evidence", "regrade"} and line.values["attempt"] not in attempts:
            raise Invalid(
                f"Line {line.number}: its attempt {line.values['attempt']} is missing from the "
                "file; export the record again. Nothing was imported."
            )


def _has_history(session: Session) -> bool:
    return next(ledger.history(session), None) is not None


def _adopt(session: Session, values: dict[str, Any]) -> None:
    """An empty record takes the imported person's name and preferences."""
    changed = {"name": values["name"], "preferences": values["preferences"]}
    session.db.execute(learners.update().where(learners.c.id == session.learner).values(changed))


def _is_known(session: Session, line: Line, values: dict[str, Any]) -> bool:
    table = _TABLES[line.kind]
    same = [column == values[column.name] for column in table.primary_key]
    row = session.db.execute(sa.select(table).where(*same)).one_or_none()
    if row is None:
        return False
    here = dict(row._mapping)  # noqa: SLF001
    if line.kind == "evidence" and here != values:
        raise Conflict(
            f"Line {line.number}: the evidence {values['id']} is here already, with other "
            "content. The ledger is never changed, so nothing was imported."
        )
    return True


def _lines(raw: Iterable[bytes]) -> Iterator[Line]:
    forms = {kind: _form(table) for kind, table in TABLES.items()}
    for number, text in enumerate(raw, start=1):
        if number == 1:
            _header(text)
            continue
        if not text.strip():
            continue
        data = _object(text, number)
        kind = data.pop("type", None)
        if kind not in forms:
            raise Invalid(f"Line {number} is of the type {str(kind)[:40]!r}, which is not known.")
        try:
            checked = forms[kind].model_validate(data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise Invalid(f"Line {number} ({kind}): {where}: {first['msg']}.") from error
        yield Line(number, kind, _columns(checked))


def _predictions(folder: Path, lines: list[Line]) -> Iterator[Line]:
    """The files of predictions that belong to the submissions of the export."""
    for line in lines:
        if line.kind == "submission":
            file = folder / f"{line.values['id']}.parquet"
            if file.is_file():
                values = {"submission": line.values["id"], "data": file.read_bytes()}
                if not values["data"].startswith(_PARQUET) or not values["data"].endswith(_PARQUET):
                    raise Invalid(f"{file} is damaged; export the record again.")
                yield Line(line.number, PREDICTION, values)


def _header(text: bytes) -> None:
    data = _object(text, 1)
    if data.get("type") != "header" or data.get("format") != FORMAT:
        raise Invalid("This is not an export of Journeyman: its first line is no header.")
    version = data.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise Invalid(
            f"This export is of format {version}, newer than this program knows ({VERSION}); "
            "update Journeyman."
        )


def _object(text: bytes, number: int) -> dict[str, Any]:
    if len(text) > LONGEST_LINE:
        raise Invalid(f"Line {number} is longer than an export's lines are; it was not read.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            f"Line {number} is not JSON; the file is broken off or was changed."
        ) from error
    if not isinstance(data, dict):
        raise Invalid(f"Line {number} is not a JSON object.")
    return data


LIMITS: dict[str, Any] = {
    "score": Annotated[float, Field(ge=0, le=1)],
    "guess": Annotated[float, Field(ge=0, lt=1)],
    "slip": Annotated[float, Field(ge=0, lt=1)],
    "strength": Annotated[float, Field(gt=0, le=10)],
    "difficulty": Annotated[float, Field(ge=-10, le=10)],
    "seed": Annotated[int, Field(ge=0, lt=2**63)],
    "version": Annotated[int, Field(ge=1, lt=2**31)],
    "hints": Annotated[int, Field(ge=0, lt=1000)],
    "most": Annotated[int, Field(ge=1, le=1000)],
    "skills": Annotated[dict[str, Annotated[float, Field(gt=0, le=1)]], Field(min_length=1)],
    "id": Annotated[str, Field(pattern=r"^[0-9a-f]{28}$")],
    "attempt": Annotated[str, Field(pattern=r"^[0-9a-f]{28}$")],
    "sha256": Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")],
    "source": Source,
    "how": How,
    "purpose": Purpose,
    "state": AttemptState,
    "form": Form,
    "stage": Stage,
    "level": Literal["L0", "L1", "L2", "L3"],
    "file_sha256": Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")],
}
"""What a column may hold, where its type alone does not say."""


def _form(table: sa.Table) -> type[BaseModel]:
    """A form with a field for each column, so that the tables are described once."""
    fields: dict[str, Any] = {}
    for column in table.columns:
        kind: Any = AwareDatetime if isinstance(column.type, Instant) else column.type.python_type
        if isinstance(column.type, sa.JSON):
            kind = dict[str, Any]
        kind = LIMITS.get(column.name, kind)
        fields[column.name] = (kind | None, ...) if column.nullable else (kind, ...)
    return create_model(
        table.name, __config__={"extra": "forbid", "allow_inf_nan": False}, **fields
    )


def _columns(form: BaseModel) -> dict[str, Any]:
    values = form.model_dump()
    return {
        name: value.astimezone(UTC) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
