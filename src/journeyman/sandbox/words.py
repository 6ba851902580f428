"""Values as text for people: types, numbers, small tables with the difference marked."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.sandbox import values as v

_MAX_ROWS, _MAX_COLUMNS, _MAX_TEXT = 8, 8, 1200


def count(many: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "item"), count(3, "item")
    ('1 item', '3 items')
    """
    return f"{many} {noun}{'' if many == 1 else 's'}"


def number(value: Any) -> str:
    """A number with at most six significant digits.

    >>> number(0.1 + 0.2), number(3), number(float("nan"))
    ('0.3', '3', 'NaN')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, (int, float, complex)):
        return repr(value)[:60]
    if value != value:  # noqa: PLR0124 - NaN
        return "NaN"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else f"an int of {value.bit_length()} bits"
    if isinstance(value, complex):
        return f"{value:.6g}"
    text = f"{value:.6g}"
    return text if any(sign in text for sign in ".en") else f"{text}.0"


def two_numbers(got: Any, expected: Any) -> tuple[str, str]:
    """Two different numbers as texts that differ too.

    >>> two_numbers(2.0, 2.0000001)
    ('2.0', '2.0000001')
    """
    short = number(got), number(expected)
    if short[0] != short[1]:
        return short
    exact = [
        repr(side.item() if isinstance(side, np.generic) else side) for side in (got, expected)
    ]
    return exact[0][:60], exact[1][:60]


def type_words(value: Any) -> str:  # noqa: PLR0911 - one line for each kind of value
    """What a value is, with its article.

    >>> type_words([1, 2]), type_words(None)
    ('a list of 2 items', 'None')
    """
    if value is None:
        return "None"
    if isinstance(value, v.Array):
        what = "a tensor" if value.tensor else "an array"
        if value.scalar:
            return f"a single number ({value.type.rpartition('.')[2]})"
        return f"{what} of shape {value.data.shape}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {count(len(value), 'item')}"
    if isinstance(value, v.Pairs):
        return f"a dict of {count(len(value.items), 'key')}"
    if isinstance(value, v.Frame):
        return f"a DataFrame of {count(len(value.columns), 'column')}"
    if isinstance(value, v.Sparse):
        return f"a sparse {value.format} matrix of shape {value.shape}"
    name = getattr(value, "type", type(value).__name__)
    return f"a{'n' if name[:1].lower() in 'aeiou' else ''} {name}"


def clean(text: str, limit: int = _MAX_TEXT) -> str:
    """Text fit to be stored and shown: no lone surrogates or control characters, not too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
    return text if len(text) <= limit else f"{text[: limit - 4]} ..."


def show(value: Any, wrong: Any = None) -> str:
    """A value as text; ``wrong`` is a boolean array that marks cells with ``*``.

    >>> show(v.Array(np.array([1.0, 2.5])))
    '[1.0, 2.5]'
    """
    return clean(_show(value, wrong, 0))


def _show(value: Any, wrong: Any, depth: int) -> str:
    if isinstance(value, v.Array):
        return _show_array(value.data, wrong)
    if isinstance(value, (float, complex)):
        return number(value)
    if isinstance(value, (int, bool, str, bytes)) or value is None:
        return repr(value)[:400]
    if depth > 4:
        return "..."
    show_it = _SHOW.get(type(value))
    return f"<{type_words(value)}>" if show_it is None else show_it(value, depth + 1)


def _join(values: list[Any], depth: int, brackets: str) -> str:
    shown = [_show(item, None, depth) for item in values[:20]]
    more = [f"... {len(values) - 20} more"] if len(values) > 20 else []
    return f"{brackets[0]}{', '.join(shown + more)}{brackets[1]}"


def _show_pairs(value: v.Pairs, depth: int) -> str:
    pairs = [f"{_show(k, None, depth)}: {_show(i, None, depth)}" for k, i in value.items[:20]]
    more = [f"... {len(value.items) - 20} more"] if len(value.items) > 20 else []
    return f"{{{', '.join(pairs + more)}}}"


def _show_frame(value: v.Frame, depth: int) -> str:
    columns = [
        f"{_show(name, None, depth)}: {_show(data, None, depth)}"
        for name, data in list(zip(value.columns, value.values, strict=True))[:_MAX_COLUMNS]
    ]
    return f"DataFrame, index {_show(value.index, None, depth)}\n" + "\n".join(columns)


def _show_column(value: v.Column, depth: int) -> str:
    index = "" if value.index is None else f", index {_show(value.index, None, depth)}"
    return f"{value.type.rpartition('.')[2]} {_show(value.values, None, depth)}{index}"


def _show_sparse(value: v.Sparse, _depth: int) -> str:
    triples = list(zip(value.row.tolist(), value.column.tolist(), value.data.tolist(), strict=True))
    cells = [f"({row}, {column}): {number(item)}" for row, column, item in triples[:20]]
    return f"sparse {value.format} of shape {value.shape} {{{', '.join(cells)}}}"


def _show_record(value: v.Record, depth: int) -> str:
    fields = [f"{name}={_show(item, None, depth)}" for name, item in value.fields[:20]]
    return f"{value.type}({', '.join(fields)})"


_SHOW: dict[type, Any] = {
    list: lambda value, depth: _join(value, depth, "[]"),
    tuple: lambda value, depth: (
        _join(list(value), depth, "()") if len(value) != 1 else f"({_show(value[0], None, depth)},)"
    ),
    v.Bag: lambda value, depth: _join(value.values, depth, "{}") if value.values else "set()",
    v.Pulled: lambda value, depth: f"{value.type} {_join(value.values, depth, '[]')}",
    v.Pairs: _show_pairs,
    v.Frame: _show_frame,
    v.Column: _show_column,
    v.Sparse: _show_sparse,
    v.Record: _show_record,
    v.Missing: lambda _value, _depth: "NA",
    v.Moment: lambda value, _depth: value.text,
    v.Random: lambda _value, _depth: "a seeded random generator",
}


def _show_array(data: Any, wrong: Any) -> str:
    if data.ndim == 0:
        return number(data.item())
    if data.size == 0:
        return f"an empty array of shape {data.shape}"
    if data.ndim == 1:
        return f"[{', '.join(_cells(data, wrong))}]"
    if data.ndim > 2:
        first = _show_array(data[0], None if wrong is None else wrong[0])
        return f"array of shape {data.shape}, the first slice:\n{first}"
    return _table(data, wrong)


def _cells(row: Any, wrong: Any, limit: int = 20) -> list[str]:
    marks = [False] * len(row) if wrong is None else wrong.tolist()
    cells = [
        f"{number(cell) if not isinstance(cell, v.Array) else _show(cell, None, 3)}{'*' * mark}"
        for cell, mark in zip(row[:limit].tolist(), marks, strict=False)
    ]
    return [*cells, f"... {len(row) - limit} more"] if len(row) > limit else cells


def _table(data: Any, wrong: Any) -> str:
    rows = [
        _cells(row, None if wrong is None else wrong[position], _MAX_COLUMNS)
        for position, row in enumerate(data[:_MAX_ROWS])
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    if len(data) > _MAX_ROWS:
        lines.append(f"... {len(data) - _MAX_ROWS} more rows")
    return "\n".join(lines)
