"""What an exported model takes and gives: the form of ``schema.json``, and rows held against it.

Nothing here imports pandas, so that a server starts quickly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from journeyman.errors import Invalid, NotFound

Numbers = NDArray[np.float64]
Row = Mapping[str, Any]
MOST_ROWS = 1_000
"""Rows that one request may hold."""
LONGEST_TEXT = 20_000


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Form):
    """One input by name.

    Attributes:
        kind: ``category`` has few values, all in ``categories``; ``text`` may be anything.
        feed: The element type of the model's input.
        low, high: Smallest and largest number in the sample; others are answered, with a remark.
        optional: Whether the sample has missing values here, so that a row may leave it out.
        gap: What stands for a missing text in the model's input.
        says: What the column means, for people.
    """

    name: str
    kind: Literal["number", "integer", "boolean", "category", "text"]
    feed: Literal["float32", "float64", "int64", "string"]
    low: float | None = None
    high: float | None = None
    categories: tuple[str, ...] = ()
    optional: bool = False
    gap: str = ""
    says: str = ""


class Grid(_Form):
    """An input that is one row of numbers: the pixels of a picture, a sound, or many columns.

    Attributes:
        width: Numbers in a row.
        height, columns, channels: Of a picture, row by row from the top; 0 for anything else.
        dark: Whether a picture has light strokes on dark ground, as MNIST has.
        rate: Samples a second of a sound; 0 for anything else.
    """

    name: str = "rows"
    feed: Literal["float32", "float64"] = "float32"
    width: int = Field(gt=0)
    low: float
    high: float
    height: int = 0
    columns: int = 0
    channels: int = 1
    dark: bool = True
    rate: int = 0


class Output(_Form):
    """What the model answers.

    Attributes:
        name: Of the model's output.
        kind: ``probabilities`` one a class, ``scores`` of a decision function, or a ``number``.
        classes: In the order of the probabilities.
        positive: The class that ``threshold`` is about.
        says: What the answer means, for people.
    """

    name: str
    kind: Literal["probabilities", "scores", "number"]
    classes: tuple[str, ...] = ()
    positive: str = ""
    threshold: float | None = Field(default=None, ge=0, le=1)
    unit: str = ""
    says: str


class Schema(_Form):
    """The whole of ``schema.json``.

    Attributes:
        model: sha256 of ``model.onnx``.
        columns: Inputs by name; empty where ``grid`` is the input.
        examples: Rows to try; for a grid ``{"rows": [numbers]}``.
        limits: Sentences on what the model was not made for.
    """

    form: Literal[1] = 1
    title: str
    kind: Literal["tabular", "text", "image", "audio"]
    model: str
    columns: tuple[Column, ...] = ()
    grid: Grid | None = None
    output: Output
    examples: tuple[dict[str, Any], ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What a row may hold."""
        return (self.grid.name,) if self.grid else tuple(one.name for one in self.columns)


def read(folder: Path) -> Schema:
    """The schema of an export.

    Raises:
        NotFound: there is no export in the folder.
        Invalid: the file is not a schema.
    """
    file = folder / "schema.json"
    if not file.is_file():
        raise NotFound(f"There is no export in {folder}: export the model first.")
    try:
        return Schema.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Invalid(f"{file} is no schema ({place}: {first['msg']}); export again.") from None


def feeds(schema: Schema, rows: Sequence[Row]) -> dict[str, NDArray[Any]]:
    """The model's inputs from rows, each checked.

    Args:
        schema: Of the export.
        rows: Objects with the schema's names; at most ``MOST_ROWS``.

    Returns:
        Arrays of shape (rows, 1) by column, or one of shape (rows, width).

    Raises:
        Invalid: one sentence that names the first wrong row and column, and what is allowed.
    """
    if not rows:
        raise Invalid("Give at least one row.")
    if len(rows) > MOST_ROWS:
        raise Invalid(f"There are {len(rows):,} rows; give at most {MOST_ROWS:,} at a time.")
    for at, row in enumerate(rows):
        _named(schema, row, at)
    if schema.grid is not None:
        grid = schema.grid
        return {grid.name: np.stack([_numbers(grid, row, at) for at, row in enumerate(rows)])}
    made = {}
    for column in schema.columns:
        values = [_value(column, row.get(column.name), at) for at, row in enumerate(rows)]
        kind = object if column.feed == "string" else column.feed
        made[column.name] = np.array(values, dtype=kind)[:, None]
    return made


def _named(schema: Schema, row: Row, at: int) -> None:
    if not isinstance(row, Mapping):
        raise Invalid(f"Row {at + 1} is no object with the columns {_some(schema.names)}.")
    unknown = sorted(set(row) - set(schema.names))
    if unknown:
        raise Invalid(
            f"Row {at + 1} has the unknown column “{unknown[0]}”; there are {_some(schema.names)}."
        )


def _value(column: Column, value: Any, at: int) -> Any:
    """One cell as the model takes it."""
    place = f"Row {at + 1}, column “{column.name}”"
    if value is None or (isinstance(value, float) and math.isnan(value)):
        if not column.optional:
            raise Invalid(f"{place} is missing; give {_allowed(column)}.")
        return column.gap if column.feed == "string" else math.nan
    if column.kind in {"category", "text"}:
        if not isinstance(value, str):
            raise Invalid(f"{place} is {value!r:.40}; give {_allowed(column)}.")
        if column.kind == "category" and value not in column.categories:
            raise Invalid(f"{place} is “{value:.40}”; give {_allowed(column)}.")
        if len(value) > LONGEST_TEXT:
            raise Invalid(f"{place} has {len(value):,} characters; at most {LONGEST_TEXT:,} fit.")
        return value
    return _number(column, value, place)


def _number(column: Column, value: Any, place: str) -> float | int:
    whole = column.kind in {"integer", "boolean"}
    right = isinstance(value, (int, float)) and math.isfinite(value)
    if column.kind == "boolean":
        right = right and value in {0, 1}
    elif isinstance(value, bool) or (whole and right and value != int(value)):
        right = False
    if not right:
        raise Invalid(f"{place} is {value!r:.40}; give {_allowed(column)}.")
    return int(value) if column.feed == "int64" else float(value)


def _allowed(column: Column) -> str:
    if column.kind == "category":
        return f"one of {_some(column.categories)}"
    if column.kind == "text":
        return "a text"
    return {"boolean": "true or false", "integer": "a whole number"}.get(column.kind, "a number")


def _numbers(grid: Grid, row: Row, at: int) -> NDArray[Any]:
    place = f"Row {at + 1}, “{grid.name}”"
    try:
        found = np.asarray(row.get(grid.name), dtype=np.float64)
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.shape != (grid.width,) or not np.isfinite(found).all():
        raise Invalid(f"{place} has to be {grid.width:,} numbers in one list.")
    return found.astype(grid.feed)


def remarks(schema: Schema, rows: Sequence[Row]) -> list[str]:
    """What is unusual about rows that can be answered all the same: numbers out of the range."""
    said = []
    for column in schema.columns:
        if column.low is None or column.high is None or column.kind == "boolean":
            continue
        for at, row in enumerate(rows):
            value = row.get(column.name)
            if value is not None and not column.low <= value <= column.high:
                said.append(
                    f"Row {at + 1}: “{column.name}” is {value:g}, outside the "
                    f"{column.low:g} to {column.high:g} that the model was tried on."
                )
                break
    return said


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{one}”" for one in names[:8])
    return shown + (f" and {len(names) - 8} more" if len(names) > 8 else "")
