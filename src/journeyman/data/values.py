"""The normal form of a table, and the hash of its values.

Two sources of one data set differ in bytes (CSV here, Parquet there, a pickle elsewhere) but must
agree in values. So the hash is taken over the values in normal form, never over a file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from journeyman.data.catalogue import Column, ColumnType, Read, Table
from journeyman.errors import Unavailable

ARROW: Mapping[ColumnType, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "time": pa.timestamp("s"),
    "bytes": pa.binary(),
}
_FIXED = {"integer": "<i8", "number": "<f8", "boolean": "u1", "time": "<i8"}


def snake(name: str) -> str:
    """A column's name in small letters, digits and underscores.

    >>> snake("Clothing ID"), snake("MS.SubClass"), snake("hours-per-week")
    ('clothing_id', 'ms_subclass', 'hours_per_week')
    """
    return re.sub(r"[^0-9a-z]+", "_", name.lower()).strip("_")


def normal_form(raw: pa.Table, table: Table, read: Read) -> pa.Table:
    """``raw`` with the declared columns, in order, each of its declared type.

    An empty text is a missing value, and so is a number that is not one. Rows keep their order.

    Raises:
        Unavailable: a column is missing or cannot be read as its type.
    """
    names = [snake(name) for name in raw.column_names]
    raw = raw.rename_columns([read.rename.get(name, name) for name in names])
    columns = []
    for column in table.columns:
        if column.name not in raw.column_names:
            raise Unavailable(f"The source has no column {column.name!r} for {table.name}.")
        try:
            columns.append(_cast(raw.column(column.name), column, read))
        except pa.ArrowException as error:
            said = str(error).splitlines()[0]
            raise Unavailable(
                f"The column {column.name!r} of {table.name} is not all {column.type}: {said}."
            ) from error
    return pa.table(columns, names=[column.name for column in table.columns])


def content_sha256(table: pa.Table) -> str:
    """Hash of a table's values in normal form.

    SHA-256 over, for each column in order: its name, its type, one byte a row that says whether
    there is a value, and the values. Integers and times are 8 bytes little-endian, numbers IEEE
    doubles little-endian, booleans one byte, missing ones zero. Texts and bytes come as all lengths
    (8 bytes each), then all contents. Nothing of the file format enters.

    >>> content_sha256(pa.table({"a": [1, None]}))[:12]
    'd8cfd1a2ba3d'
    """
    digest = hashlib.sha256(f"{table.num_rows}\n".encode())
    kinds = {arrow: kind for kind, arrow in ARROW.items()}
    for name in table.column_names:
        column = table.column(name)
        kind = kinds[column.type]
        digest.update(f"{name}\0{kind}\0".encode())
        for chunk in (column.combine_chunks(),):
            digest.update(np.asarray(chunk.is_valid().to_numpy(zero_copy_only=False), "u1").data)
            _hash_values(digest, chunk, kind)
    return digest.hexdigest()


def dataset_sha256(tables: Mapping[str, str]) -> str:
    """One hash for a set of tables: over ``name sha256`` lines in name order."""
    lines = "".join(f"{name} {tables[name]}\n" for name in sorted(tables))
    return hashlib.sha256(lines.encode()).hexdigest()


def _hash_values(digest: hashlib._Hash, values: pa.Array, kind: ColumnType) -> None:
    if kind in _FIXED:
        plain = values.cast(pa.int64()) if kind == "time" else values
        filled = plain.fill_null(False if kind == "boolean" else 0)
        numbers = filled.to_numpy(zero_copy_only=False).astype(_FIXED[kind])
        digest.update(np.ascontiguousarray(numbers).data)
        return
    filled = values.cast(pa.large_binary()).fill_null(b"")
    lengths = pc.binary_length(filled).to_numpy(zero_copy_only=False).astype("<i8")
    digest.update(np.ascontiguousarray(lengths).data)
    for start in range(0, len(filled), 10_000):  # joined by parts: images are large
        digest.update(b"".join(filled.slice(start, 10_000).to_pylist()))


def _cast(values: pa.ChunkedArray, column: Column, read: Read) -> pa.ChunkedArray:
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_large_string(values.type) or pa.types.is_string(values.type):
        values = _cells(values.cast(pa.string()), column.type, read)
    values = _without_nan(values)
    if column.type == "integer" and pa.types.is_string(values.type):
        return _integers(values)
    if column.type == "time":
        return _times(values)
    if column.type == "text" and read.fill:
        values = values.cast(pa.string()).fill_null(read.fill)
    return _without_nan(values.cast(ARROW[column.type]))


def _without_nan(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Not a number is a missing value."""
    if not pa.types.is_floating(values.type):
        return values
    return pc.if_else(pc.is_nan(values), pa.scalar(None, values.type), values)


def _cells(values: pa.ChunkedArray, kind: ColumnType, read: Read) -> pa.ChunkedArray:
    """Texts as they came: trimmed where asked or where they hold no text, marks taken out."""
    if read.trim or kind != "text":
        values = pc.utf8_trim_whitespace(values)
    marks = pa.array(["", *read.missing], pa.string())
    return pc.if_else(pc.is_in(values, marks), pa.scalar(None, pa.string()), values)


def _integers(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return texts.cast(pa.int64())
    except pa.ArrowInvalid:  # written as 4.0; a fraction is still refused
        return texts.cast(pa.float64()).cast(pa.int64())


def _times(values: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return values.cast(pa.timestamp("s"))
    except pa.ArrowInvalid:  # with a zone: written as UTC
        return values.cast(pa.timestamp("s", "UTC")).cast(pa.timestamp("s"))
