"""The schema of an export: which inputs the model gets, and what a person is told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman.delivery import converting
from journeyman.delivery.converting import Feed, Graph, Input
from journeyman.delivery.describing import columns_of, plain_rows, spread_out
from journeyman.delivery.schema import Column, Grid, Output, Schema
from journeyman.errors import Invalid

MOST_COLUMNS = 300
EXAMPLES = 5
Kind = Literal["probabilities", "scores", "number"]


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of a model; all of it may be left out.

    Attributes:
        columns: The meaning of columns, by name.
        says: What the answer means.
        positive: The class that the threshold is about; else the last one.
        picture: (height, width) or (height, width, 3) where the columns are pixels of 0 to 255,
            row by row from the top; ``dark`` if strokes are light on dark ground.
        rate: Samples a second, where the columns are the samples of a sound in -1 to 1.
        examples: Rows that may be shown to anybody; else a few of the sample, the answers far
            apart.
        limits: Sentences on what the model was not made for.
    """

    title: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    unit: str = ""
    positive: str = ""
    threshold: float | None = None
    picture: tuple[int, ...] = ()
    dark: bool = True
    rate: int = 0
    examples: pd.DataFrame | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of converting: types of the inputs, and where numbers are rounded."""

    integers: Feed
    gap: str
    exact: bool


def inputs_of(
    rows: pd.DataFrame, pipeline: Any, about: About, attempt: Attempt
) -> tuple[tuple[Column, ...], Grid | None]:
    """Columns by name where the pipeline or a person needs names; else one grid."""
    numeric = all(pd.api.types.is_numeric_dtype(rows[name]) for name in rows.columns)
    wide = rows.shape[1] > MOST_COLUMNS
    if (about.picture or about.rate or wide) and not numeric:
        raise Invalid("Pictures, sounds and wide tables are delivered as columns of numbers only.")
    if about.picture or about.rate or (wide and not converting.named(pipeline)):
        grid = grid_of(rows, about, "rows")
        if attempt.exact:
            grid = grid.model_copy(update={"feed": "float64"})
        return (), grid
    columns = columns_of(rows, pipeline, about.columns, attempt.integers, attempt.gap)
    if attempt.exact:
        columns = tuple(
            one if one.feed == "string" else one.model_copy(update={"feed": "float64"})
            for one in columns
        )
    return columns, None


def grid_of(rows: pd.DataFrame, about: About, name: str) -> Grid:
    """The one input of rows that are pictures, sounds or wide tables.

    Raises:
        Invalid: the rows have gaps, or are no pictures of that size.
    """
    values = rows.to_numpy(dtype=np.float64)
    if not np.isfinite(values).all():
        raise Invalid("Rows of a picture, a sound or a wide table may have no gaps.")
    shape = (*about.picture, 1)[:3] if about.picture else (0, 0, 1)
    height, columns, channels = shape[0], shape[1], shape[2]
    if about.picture and height * columns * channels != rows.shape[1]:
        raise Invalid(
            f"A picture of {height} x {columns} x {channels} has {height * columns * channels:,} "
            f"numbers, and the rows have {rows.shape[1]:,}."
        )
    return Grid(
        name=name,
        width=rows.shape[1],
        low=float(values.min()),
        high=float(values.max()),
        height=height,
        columns=columns,
        channels=channels,
        dark=about.dark,
        rate=about.rate,
    )


def wanted(columns: tuple[Column, ...], grid: Grid | None) -> list[Input]:
    """The graph's inputs."""
    if grid is not None:
        return [Input(grid.name, grid.feed, grid.width)]
    return [Input(one.name, one.feed) for one in columns]


def schema_of(
    graph: Graph,
    kind: Kind,
    classes: tuple[str, ...],
    columns: tuple[Column, ...],
    grid: Grid | None,
    about: About,
    rows: pd.DataFrame,
    expected: NDArray[Any],
) -> Schema:
    """The schema of a converted model.

    Raises:
        Invalid: the positive class is none of the classes.
    """
    positive = about.positive or (classes[-1] if len(classes) == 2 else "")
    if positive and positive not in classes:
        raise Invalid(f"The positive class “{positive}” is none of {', '.join(classes)}.")
    form: Literal["tabular", "text", "image", "audio"] = "tabular"
    if about.picture or about.rate:
        form = "image" if about.picture else "audio"
    elif columns and all(one.kind == "text" for one in columns):
        form = "text"
    schema = Schema(
        title=about.title or "A model",
        kind=form,
        model=hashlib.sha256(graph.data).hexdigest(),
        columns=columns,
        grid=grid,
        output=Output(
            name=graph.output,
            kind=kind,
            classes=classes,
            positive=positive,
            threshold=about.threshold,
            unit=about.unit,
            says=about.says or _meaning(kind, positive, about.unit),
        ),
        limits=about.limits,
    )
    chosen = about.examples
    if chosen is None:
        chosen = rows.iloc[spread_out(expected, EXAMPLES)]
    return schema.model_copy(update={"examples": tuple(plain(schema, chosen))})


def _meaning(kind: str, positive: str, unit: str) -> str:
    if kind == "probabilities":
        which = f"of “{positive}”" if positive else "of each class"
        return f"The probability {which} that the model gives to such a row."
    if kind == "scores":
        return "A score of the decision: the larger, the surer; it is no probability."
    return f"The number that the model expects{f' in {unit}' if unit else ''}."


def plain(schema: Schema, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as whoever has the schema gives them."""
    if schema.grid is None:
        return plain_rows(rows)
    values = rows.to_numpy(dtype=np.float64)
    whole = bool((values == values.round()).all())
    return [{schema.grid.name: [int(v) if whole else v for v in row]} for row in values.tolist()]
