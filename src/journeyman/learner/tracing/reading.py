"""Turn the cells of a table into responses: which column is what, and how each cell is read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from journeyman.errors import Invalid
from journeyman.learner.tracing.log import Response, Skills

NAMES: Mapping[str, tuple[str, ...]] = {
    "learner": ("learner", "learner_id", "user", "user_id", "student", "student_id"),
    "item": ("item", "item_id", "question", "question_id", "problem", "problem_id"),
    "skills": ("skills", "skill", "skill_id", "skill_ids", "skill_name", "kc"),
    "correct": ("correct", "right", "is_correct", "score"),
    "time": ("time", "timestamp", "answered_at"),
    "duration": ("duration", "seconds", "elapsed"),
}
"""Headings that are understood, upper or lower case; any other column is left alone."""
NEEDED = ("learner", "item", "skills", "correct")
RIGHT = {"1": True, "1.0": True, "true": True, "yes": True}
WRONG = {"0": False, "0.0": False, "false": False, "no": False}
Numbered = tuple[int, Sequence[str]]


def responses(heading: Sequence[str], rows: Iterable[Numbered]) -> Iterator[Response]:
    """Read rows of text.

    Args:
        heading: The names of the columns.
        rows: Number of the line and its cells.

    Raises:
        Invalid: naming the line and what is wrong with it.

    >>> next(responses(["user", "item", "skill", "correct"], [(2, ["ann", "i1", "a;b", "1"])]))
    Response(learner='ann', item='i1', skills=('a', 'b'), correct=True, time=None, duration=None)
    """
    place = columns(heading)
    kept = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    underscores = _joined_by_underscores(
        cells[place["skills"]] for _, cells in kept if len(cells) == len(heading)
    )
    for line, cells in kept:
        if len(cells) != len(heading):
            raise Invalid(
                f"Line {line} has {len(cells)} cells where the heading has {len(heading)}."
            )
        found = {name: cells[position].strip() for name, position in place.items()}
        for name in ("learner", "item"):
            if not found[name]:
                raise Invalid(f"Line {line} has no {name}.")
        yield Response(
            found["learner"],
            found["item"],
            split(found["skills"], underscores=underscores),
            _correct(found["correct"], line),
            _time(found.get("time", ""), line),
            _number(found.get("duration", ""), line, "duration"),
        )


def columns(heading: Sequence[str]) -> dict[str, int]:
    """The position of every column that is understood.

    Raises:
        Invalid: if one that is needed is missing.
    """
    plain = [name.strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}").lower() for name in heading]
    if not any(plain):
        raise Invalid("Line 1 is empty; it should name the columns.")
    place: dict[str, int] = {}
    for name, known in NAMES.items():
        for spelled in known:
            if spelled in plain:
                place[name] = plain.index(spelled)
                break
    if not place:
        raise Invalid(
            f"Line 1 should name the columns ({', '.join(NEEDED)}, and where known time and "
            f"duration); it is {', '.join(plain)}."
        )
    for name in NEEDED:
        if name not in place:
            raise Invalid(
                f"Line 1 names no column {name!r} (or {', '.join(NAMES[name][1:])}); "
                f"it names {', '.join(plain)}."
            )
    return place


def split(cell: str, *, underscores: bool) -> Skills:
    """The skills in one cell, each once, in their order.

    >>> split("a~~b;a", underscores=False)
    ('a', 'b')
    >>> split("12_7", underscores=True), split("linear_algebra", underscores=False)
    (('12', '7'), ('linear_algebra',))
    """
    for mark in ("~~", "_") if underscores else ("~~",):
        cell = cell.replace(mark, ";")
    names = (name.strip() for name in cell.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def _joined_by_underscores(cells: Iterable[str]) -> bool:
    """Whether "_" separates: only where every cell consists of numbers, as in 12_7."""
    return all(
        part.strip().isdecimal()
        for cell in set(cells)
        if cell.strip()
        for part in cell.replace("~~", ";").replace("_", ";").split(";")
    )


def _correct(text: str, line: int) -> bool:
    plain = text.lower()
    if plain in RIGHT:
        return True
    if plain in WRONG:
        return False
    raise Invalid(f"Line {line}: correct is {text!r}; write 1 or 0.")


def _number(text: str, line: int, name: str) -> float | None:
    if not text or text.lower() in {"na", "nan", "null", "none"}:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Invalid(f"Line {line}: {name} is {text!r}; write seconds as a number.")
    return value


def _time(text: str, line: int) -> float | None:
    """Seconds, from a number or an instant such as 2026-03-01T12:00:00Z (UTC unless it says)."""
    try:
        return _number(text, line, "time")
    except Invalid:
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise Invalid(
                f"Line {line}: time is {text!r}; write seconds or an ISO 8601 instant."
            ) from None
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
