"""The columns of a table as a schema, and its rows as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline

from journeyman.delivery.converting import Feed, parts, reads_text
from journeyman.delivery.schema import Column
from journeyman.errors import Invalid

MOST_CATEGORIES = 200
LONGEST_CATEGORY = 60


def columns_of(
    table: pd.DataFrame, pipeline: Any, says: Mapping[str, str], integers: Feed, gap: str
) -> tuple[Column, ...]:
    """A description of each column.

    Args:
        table: Rows as the pipeline takes them.
        pipeline: Its encoders know categories that the table may lack.
        says: Meanings by column.
        integers: How whole numbers without gaps are fed.
        gap: What is fed for a missing text; empty for what the pipeline's imputers fill in.

    Raises:
        Invalid: a column of dates, or of something else that is neither number nor text.
    """
    known, filling = categories_of(pipeline), fillings_of(pipeline)
    texts = texts_of(pipeline, table)
    return tuple(
        _column(
            table[name],
            str(name),
            known.get(str(name), ()),
            text=str(name) in texts,
            integers=integers,
            gap=gap or filling.get(str(name), ""),
            says=says.get(str(name), ""),
        )
        for name in table.columns
    )


def _column(
    values: pd.Series,
    name: str,
    known: Sequence[str],
    *,
    text: bool,
    integers: Feed,
    gap: str,
    says: str,
) -> Column:
    kinds = pd.api.types
    filled, optional = values.dropna(), bool(values.isna().any())
    if kinds.is_bool_dtype(values):
        return Column(name=name, kind="boolean", feed="float32", low=0, high=1, says=says)
    if kinds.is_numeric_dtype(values) and not kinds.is_complex_dtype(values):
        if not len(filled):
            raise Invalid(f"The column “{name}” is empty; leave it out, or give rows that fill it.")
        whole = kinds.is_integer_dtype(values)
        return Column(
            name=name,
            kind="integer" if whole else "number",
            feed=integers if whole and not optional else "float32",
            low=float(filled.min()),
            high=float(filled.max()),
            optional=optional,
            says=says,
        )
    if kinds.is_datetime64_any_dtype(values) or not filled.map(lambda v: isinstance(v, str)).all():
        raise Invalid(
            f"The column “{name}” holds {values.dtype} values; a delivered model takes numbers, "
            "booleans and texts, so make such features before the pipeline."
        )
    found = sorted({*map(str, filled.unique()), *known})
    long = max((len(one) for one in found), default=0) > LONGEST_CATEGORY
    if text or len(found) > MOST_CATEGORIES or long:
        return Column(name=name, kind="text", feed="string", optional=optional, gap=gap, says=says)
    return Column(
        name=name,
        kind="category",
        feed="string",
        categories=tuple(found),
        optional=optional,
        gap=gap,
        says=says,
    )


def texts_of(pipeline: Any, table: pd.DataFrame) -> set[str]:
    """Columns that a vectoriser reads."""
    if reads_text(pipeline):
        return {str(one) for one in table.columns}
    return {
        columns
        for part in parts(pipeline)
        if isinstance(part, ColumnTransformer)
        for _, _, columns in part.transformers_
        if isinstance(columns, str)
    }


def categories_of(pipeline: Any) -> dict[str, list[str]]:
    """The categories that encoders were fitted on, by column."""
    known: dict[str, list[str]] = {}
    for part in parts(pipeline):
        if not isinstance(part, ColumnTransformer):
            continue
        for _, step, columns in part.transformers_:
            encoder = step.steps[-1][1] if isinstance(step, Pipeline) else step
            fitted = getattr(encoder, "categories_", None)
            if fitted is None or isinstance(columns, str) or len(fitted) != len(columns):
                continue
            for name, values in zip(columns, fitted, strict=True):
                known[str(name)] = [one for one in values if isinstance(one, str)]
    return known


def fillings_of(pipeline: Any) -> dict[str, str]:
    """What imputers put into gaps of text columns, by column."""
    found: dict[str, str] = {}
    for part in parts(pipeline):
        if not isinstance(part, ColumnTransformer):
            continue
        for _, step, columns in part.transformers_:
            first = step.steps[0][1] if isinstance(step, Pipeline) else step
            if isinstance(first, SimpleImputer) and len(first.statistics_) == len(columns):
                pairs = zip(columns, first.statistics_, strict=True)
                found |= {str(name): value for name, value in pairs if isinstance(value, str)}
    return found


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON data: missing values are None, numbers plain."""
    return [
        {str(name): _plain(value) for name, value in zip(table.columns, row, strict=True)}
        for row in table.itertuples(index=False, name=None)
    ]


def _plain(value: Any) -> Any:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value


def spread_out(answers: np.ndarray, count: int) -> list[int]:
    """Positions of rows whose answers lie far apart: examples that show what the model can say.

    Args:
        answers: Shape (rows, outputs).
        count: How many rows to name, at most.

    >>> spread_out(np.array([[0.1], [0.9], [0.5], [0.11]]), 3)
    [0, 2, 1]
    >>> spread_out(np.eye(4)[[2, 2, 0, 1, 3]], 3)  # of several classes, one row each
    [2, 3, 0]
    """
    if answers.shape[1] > 2:
        _, first = np.unique(answers.argmax(axis=1), return_index=True)
        return [int(one) for one in first[:count]]
    order = np.argsort(answers[:, -1], kind="stable")
    at = np.linspace(0, len(order) - 1, min(count, len(order))).round().astype(int)
    return [int(order[one]) for one in dict.fromkeys(at.tolist())]
