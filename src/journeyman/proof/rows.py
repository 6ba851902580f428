"""Tables of strangers: predictions and labels, Parquet or CSV, brought into one order by id."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from journeyman.errors import Invalid
from journeyman.scoring.metric import Metric, Numbers, Truth

LARGEST = 512 << 20
MOST_ROWS = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What a metric needs, row by row in the order of the labels.

    Attributes:
        ids: Public ids as text. ``truth``: the labels. ``given``: the predictions.
    """

    ids: list[str]
    truth: Truth
    given: Numbers


def table(data: bytes, what: str) -> pa.Table:
    """A Parquet or CSV file, or an Arrow stream, as a table.

    Raises:
        Invalid: it is neither, or too large.
    """
    try:
        if data[:4] == b"PAR1":
            file = pq.ParquetFile(pa.BufferReader(data))
            if file.metadata.num_rows > MOST_ROWS:
                raise Invalid(f"{what} has more than {MOST_ROWS:,} rows.")
            return file.read(use_threads=False)
        if data[:4] == b"\xff\xff\xff\xff":
            return _stream(data, what)
        text = pyarrow.csv.ConvertOptions(column_types={"id": pa.string()})
        return pyarrow.csv.read_csv(io.BytesIO(data), convert_options=text)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{what} is neither Parquet, Arrow nor CSV that can be read.") from error


def _stream(data: bytes, what: str) -> pa.Table:
    found = pa.ipc.open_stream(pa.py_buffer(data)).read_all()
    found.validate(full=True)  # a stranger wrote it
    if found.num_rows > MOST_ROWS:
        raise Invalid(f"{what} has more than {MOST_ROWS:,} rows.")
    return found


def ids_of(found: pa.Table, what: str) -> list[str]:
    """The ``id`` column as text.

    Raises:
        Invalid: it is missing, or an id stands twice.
    """
    if "id" not in found.column_names:
        raise Invalid(f"{what} has no column id.")
    ids = [str(one) for one in found.column("id").to_pylist()]
    if len(set(ids)) < len(ids):
        raise Invalid(f"{what} has an id twice.")
    return ids


def join(metric: Metric, predictions: bytes, labels: bytes, *, more: bool = False) -> Scored:
    """Predictions and labels of the same rows.

    Args:
        metric: Which says what the labels are.
        predictions: A file with ``id``, ``p0`` and so on.
        labels: A file with ``id`` and ``target``.
        more: Whether there may be predictions of further rows, which are left out.

    Raises:
        Invalid: columns are missing or no numbers, or the rows are not the same.
    """
    given, answers = table(predictions, "the predictions"), table(labels, "the labels")
    ids, order = ids_of(answers, "the labels"), ids_of(given, "the predictions")
    known = set(order)
    if (set(ids) - known) if more else (set(ids) != known):
        raise Invalid("The predictions are not of the rows that the labels are of.")
    places = {one: place for place, one in enumerate(order)}
    values = predicted(given)[[places[one] for one in ids]]
    if metric.needs != "probabilities" and values.ndim > 1:
        raise Invalid(f"{metric.name} takes one prediction a row.")
    target = numbers(answers, "target")
    if metric.needs in {"labels", "probability", "probabilities"}:
        target = target.astype(np.int64)
    groups = None
    if "group" in answers.column_names:
        groups = np.unique(answers.column("group").to_numpy(), return_inverse=True)[1]
    weights = numbers(answers, "weight") if "weight" in answers.column_names else None
    return Scored(ids, Truth(target, groups, weights), values)


def predicted(found: pa.Table) -> Numbers:
    """Columns p0, p1, ... as shape (rows,) or (rows, columns)."""
    columns = [numbers(found, name) for name in found.column_names if name != "id"]
    expected = [f"p{place}" for place in range(len(columns))]
    if not columns or [name for name in found.column_names if name != "id"] != expected:
        raise Invalid("The predictions have other columns than id, p0, p1 and so on.")
    return columns[0] if len(columns) == 1 else np.column_stack(columns)


def numbers(found: pa.Table, name: str) -> Numbers:
    """A column as finite numbers."""
    if name not in found.column_names:
        raise Invalid(f"There is no column {name}.")
    try:
        column: Any = found.column(name).to_numpy()
        values = np.asarray(column, dtype=np.float64)
    except (ValueError, TypeError, pa.ArrowException) as error:
        raise Invalid(f"The column {name} holds something else than numbers.") from error
    if not np.isfinite(values).all():
        raise Invalid(f"The column {name} has rows without a finite number.")
    return values
