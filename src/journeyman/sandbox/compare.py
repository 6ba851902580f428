"""Finds the first thing that is wrong with a value: type, shape, dtype, NaN, then numbers.

Both sides are records of ``values`` (the reference's result has crossed the wire as well), so one
comparison serves numpy, pandas, scipy, torch and plain Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.sandbox import values as v
from journeyman.sandbox.words import count, number, two_numbers, type_words

_NUMERIC = "iuf"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Two numbers agree if they differ by at most ``atol + rtol * |expected|``.

    Two whole numbers by ``atol`` alone: 10,000,001 is not 10,000,000.
    """

    rtol: float = 1e-6
    atol: float = 1e-8


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong.

    Attributes:
        category: ``type``, ``shape``, ``dtype``, ``nan`` or ``value``; safe to show for unseen
            cases.
        message: About the learner's own value; withheld for unseen cases.
        expected, got: The smallest part that differs, for the search for a likely cause.
    """

    category: str
    message: str
    expected: Any
    got: Any


def compare(expected: Any, got: Any, tolerance: Tolerance, where: str = "") -> Difference | None:
    """None if ``got`` is right, else the first difference.

    A list and a tuple with the same items are the same; so are a number of Python and one of
    numpy, and whole and real numbers of equal value.

    >>> compare(2.0, 2, Tolerance()) is None
    True
    >>> compare([1.0, 2.0], [1.0, 2.5], Tolerance()).message
    'at item 1 the value is 2.5, expected 2.0'
    """
    rule = _RULES.get(type(expected), _same)
    return rule(expected, got, tolerance, where)


def _wrong_type(expected: Any, got: Any, where: str) -> Difference:
    message = f"{where}you return {type_words(got)}, expected {type_words(expected)}"
    return Difference("type", message, expected, got)


def _same(expected: Any, got: Any, _tolerance: Tolerance, where: str) -> Difference | None:
    """Values with nothing to tolerate: None, text, bytes, missing values, dates."""
    if type(got) is not type(expected):
        return _wrong_type(expected, got, where)
    if got == expected:
        return None
    if isinstance(expected, v.Opaque):  # what it holds cannot be seen, so its class must do
        return None if got.type == expected.type else _wrong_type(expected, got, where)
    message = f"{where}the value is {_short(got)}, expected {_short(expected)}"
    return Difference("value", message, expected, got)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def plain(value: Any) -> Any:
    """A numpy scalar, 0-d array or 0-d tensor as a Python number; anything else as it is."""
    if isinstance(value, v.Array) and value.data.ndim == 0 and value.data.dtype.kind in "biufcSU":
        return value.data.item()
    return value


def _scalar(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    original, got = got, plain(got)
    if isinstance(expected, bool) or isinstance(got, bool):
        right = type(got) is type(expected)
    else:
        allowed = (int, float, complex) if isinstance(expected, complex) else (int, float)
        right = isinstance(got, allowed)
    if not right:
        return _wrong_type(expected, original, where)
    if _close(expected, got, tolerance):
        return None
    if got != got and expected == expected:  # noqa: PLR0124 - NaN is the value unlike itself
        return Difference(
            "nan", f"{where}the value is NaN, expected {number(expected)}", expected, got
        )
    found, wanted = two_numbers(got, expected)
    message = f"{where}the value is {found}, expected {wanted}"
    return Difference("value", message, expected, got)


def _close(expected: complex, got: complex, tolerance: Tolerance) -> bool:
    if got == expected:
        return True
    if expected != expected:  # noqa: PLR0124 - NaN
        return got != got  # noqa: PLR0124
    rtol = 0.0 if isinstance(expected, int) and isinstance(got, int) else tolerance.rtol
    try:
        return bool(abs(got - expected) <= tolerance.atol + rtol * abs(expected)) and (
            abs(expected) != float("inf")
        )
    except OverflowError:  # an int beyond the range of floats
        return False


def _array(expected: v.Array, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if expected.scalar and not expected.tensor:
        if expected.data.dtype.kind in "biufcSU":
            item = expected.data.item()
            return compare(item, got, tolerance, where)
    elif not isinstance(got, v.Array) and expected.data.ndim == 0 and not expected.tensor:
        return compare(plain(expected), got, tolerance, where)
    if not isinstance(got, v.Array) or (got.scalar and expected.data.ndim):
        return _wrong_type(expected, got, where)
    if expected.tensor != got.tensor:
        return _wrong_type(expected, got, where)
    if got.data.shape != expected.data.shape:
        message = f"{where}the shape is {got.data.shape}, expected {expected.data.shape}"
        return Difference("shape", message, expected, got)
    return _dtype(expected, got, where) or _numbers(expected, got, tolerance, where)


def _dtype(expected: v.Array, got: v.Array, where: str) -> Difference | None:
    wanted, found = expected.data.dtype, got.data.dtype
    same = wanted.kind == found.kind or (wanted.kind in _NUMERIC and found.kind in _NUMERIC)
    if expected.tensor and expected.type != got.type and expected.data.dtype.kind in _NUMERIC:
        same = same and wanted.kind == found.kind
    if same or not expected.data.size:
        return None
    if "O" in (wanted.kind, found.kind) and {wanted.kind, found.kind} & set("OUSmM"):
        return None  # text and dates are kept as objects by some libraries; compared by value
    return Difference("dtype", f"{where}the dtype is {found}, expected {wanted}", expected, got)


def wrong_cells(expected: Any, got: Any, tolerance: Tolerance) -> Any:
    """Boolean array, true where two arrays of one shape disagree; NaN agrees with NaN."""
    if expected.dtype.kind in "bSUmM" or got.dtype.kind in "bSUmM":
        different = expected != got
        if expected.dtype.kind in "mM" and got.dtype.kind in "mM":
            different &= ~(np.isnat(expected) & np.isnat(got))
        return different
    kinds = {expected.dtype.kind, got.dtype.kind}
    rtol = 0.0 if kinds <= {"i", "u"} else tolerance.rtol
    with np.errstate(all="ignore"):
        if "u" in (expected.dtype.kind, got.dtype.kind):  # unsigned differences would wrap
            expected, got = expected.astype(float), got.astype(float)
        right = expected == got
        if right.all():
            return ~right
        bound = tolerance.atol + rtol * np.abs(expected)
        right |= (np.abs(got - expected) <= bound) & np.isfinite(expected)
        return ~(right | (np.isnan(expected) & np.isnan(got)))


def _numbers(
    expected: v.Array, got: v.Array, tolerance: Tolerance, where: str
) -> Difference | None:
    if "O" in (expected.data.dtype.kind, got.data.dtype.kind):
        wanted, found = (np.atleast_1d(side.data).tolist() for side in (expected, got))
        return _items(wanted, found, tolerance, f"{where}in the array ")
    wrong = wrong_cells(expected.data, got.data, tolerance)
    if not wrong.any():
        return None
    return Difference(*_describe_cells(expected.data, got.data, wrong, where), expected, got)


def _place(cells: Any) -> str:
    """The index of the first true cell, as one would write it."""
    first = [int(side) for side in np.argwhere(cells)[0]]
    return str(first[0]) if len(first) == 1 else f"({', '.join(map(str, first))})"


def _describe_cells(expected: Any, got: Any, wrong: Any, where: str) -> tuple[str, str]:
    first = tuple(np.argwhere(wrong)[0])
    if got.dtype.kind in "fc":
        extra = np.isnan(got) & ~np.isnan(expected)
        many = int(extra.sum())
        if many:
            verb = "is" if many == 1 else "are"
            some = f"{where}{many} of {count(got.size, 'value')} {verb} NaN"
            return "nan", f"{some}, the first at {_place(extra)}" if got.ndim else some
    found, wanted = two_numbers(got[first], expected[first])
    values = f"you have {found}, expected {wanted}"
    many = int(wrong.sum())
    at = f"first at {_place(wrong)}: {values}" if first else values
    message = (
        f"{where}{many} of {count(got.size, 'value')} {'differs' if many == 1 else 'differ'}, {at}"
    )
    if got.dtype.kind in "iufc" and expected.dtype.kind in "iufc":
        with np.errstate(all="ignore"):
            gap = np.abs(got.astype(complex) - expected.astype(complex))[wrong]
        finite = gap[np.isfinite(gap)]
        if finite.size and many > 1:
            message += f"; largest difference {number(float(finite.max()))}"
    return "value", message


# ------------------------------------------------------------------ containers


def _sequence(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, (list, tuple)):
        return _wrong_type(expected, got, where)
    return _items(list(expected), list(got), tolerance, where)


def _items(
    expected: list[Any], got: list[Any], tolerance: Tolerance, where: str
) -> Difference | None:
    if len(expected) != len(got):
        message = f"{where}there are {count(len(got), 'item')}, expected {len(expected)}"
        return Difference("shape", message, expected, got)
    return _first(
        compare(wanted, found, tolerance, f"{where}at item {position} ")
        for position, (wanted, found) in enumerate(zip(expected, got, strict=True))
    )


def _first(differences: Iterable[Difference | None]) -> Difference | None:
    return next((found for found in differences if found is not None), None)


def canonical(key: Any) -> str:
    """Text by which two keys of a mapping or items of a set are the same.

    >>> canonical(1) == canonical(1.0)
    True
    """
    key = plain(key)
    if isinstance(key, (bool, int, float)):
        whole = abs(key) < 2**53 and key == int(key)  # false for NaN and infinity
        return f"number {int(key)}" if whole else repr(key)
    if isinstance(key, tuple):
        return f"({', '.join(map(canonical, key))})"
    return repr(key)


def _pairs(expected: v.Pairs, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Pairs):
        return _wrong_type(expected, got, where)
    wanted = {canonical(key): (key, item) for key, item in expected.items}
    found = {canonical(key): (key, item) for key, item in got.items}
    lacking = [_short(plain(key)) for text, (key, _) in wanted.items() if text not in found]
    extra = [_short(plain(key)) for text, (key, _) in found.items() if text not in wanted]
    if lacking or extra:
        parts = [f"lacks the key {lacking[0]}"] if lacking else []
        parts += [f"has the unexpected key {extra[0]}"] if extra else []
        return Difference("shape", f"{where}the dict {' and '.join(parts)}", expected, got)
    return _first(
        compare(item, found[text][1], tolerance, f"{where}at key {_short(plain(key))} ")
        for text, (key, item) in wanted.items()
    )


def _bag(expected: v.Bag, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Bag):
        return _wrong_type(expected, got, where)
    if len(expected.values) != len(got.values):
        message = (
            f"{where}the set has {count(len(got.values), 'item')}, expected {len(expected.values)}"
        )
        return Difference("shape", message, expected, got)
    wanted, found = (sorted(side.values, key=_order) for side in (expected, got))
    for left, right in zip(wanted, found, strict=True):
        if compare(left, right, tolerance) is not None:
            message = f"{where}the set holds {_short(plain(right))}, which is not expected"
            return Difference("value", message, expected, got)
    return None


def _order(item: Any) -> tuple[str, float, str]:
    item = plain(item)
    if isinstance(item, (bool, int, float)) and abs(item) < 2**53:
        return "number", float(item), ""
    return type(item).__name__, 0.0, canonical(item)


def _pulled(expected: v.Pulled, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Pulled):
        return _wrong_type(expected, got, where)
    if expected.more != got.more:
        size = "goes on after" if got.more else "ends after"
        message = f"{where}the {got.type} {size} {count(len(got.values), 'item')}"
        return Difference("shape", message, expected, got)
    return _items(expected.values, got.values, tolerance, where)


def _record(expected: v.Record, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Record):
        return _wrong_type(expected, got, where)
    wanted, found = (v.Pairs(list(side.fields)) for side in (expected, got))
    return _pairs(wanted, found, tolerance, where)


# ------------------------------------------------------------------ tables


def _sparse(expected: v.Sparse, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Sparse):
        return _wrong_type(expected, got, where)
    if expected.shape != got.shape:
        message = f"{where}the shape is {got.shape}, expected {expected.shape}"
        return Difference("shape", message, expected, got)
    wanted, found = _cells(expected), _cells(got)
    for cell in sorted(wanted.keys() | found.keys()):
        left, right = wanted.get(cell, 0.0), found.get(cell, 0.0)
        if not _close(left, right, tolerance):
            message = f"{where}at {cell} you have {number(right)}, expected {number(left)}"
            return Difference("value", message, expected, got)
    return None


def _cells(matrix: v.Sparse) -> dict[tuple[int, int], Any]:
    cells: dict[tuple[int, int], Any] = {}
    places = zip(matrix.row.tolist(), matrix.column.tolist(), matrix.data.tolist(), strict=True)
    for row, column, value in places:
        cells[row, column] = cells.get((row, column), 0) + value
    return cells


def _column(expected: v.Column, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Column) or got.type != expected.type:
        return _wrong_type(expected, got, where)
    found = compare(expected.values, got.values, tolerance, f"{where}in the values ")
    if found is None and expected.index is not None:
        found = compare(expected.index, got.index, tolerance, f"{where}in the index ")
    if found is None and expected.name != got.name:
        message = f"{where}the name is {_short(got.name)}, expected {_short(expected.name)}"
        found = Difference("value", message, expected, got)
    return found


def _frame(expected: v.Frame, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, v.Frame):
        return _wrong_type(expected, got, where)
    names = [[canonical(name) for name in side.columns] for side in (expected, got)]
    if names[0] != names[1]:
        shown = [
            ", ".join(_short(plain(name)) for name in side.columns) for side in (got, expected)
        ]
        message = f"{where}the columns are {shown[0]}; expected {shown[1]}"
        return Difference("shape", message, expected, got)
    columns = (
        compare(wanted, found, tolerance, f"{where}in column {_short(plain(name))} ")
        for name, wanted, found in zip(expected.columns, expected.values, got.values, strict=True)
    )
    return _first(columns) or compare(expected.index, got.index, tolerance, f"{where}in the index ")


_Rule = Callable[[Any, Any, Tolerance, str], Difference | None]
_RULES: dict[type, _Rule] = {
    bool: _scalar,
    int: _scalar,
    float: _scalar,
    complex: _scalar,
    v.Array: _array,
    list: _sequence,
    tuple: _sequence,
    v.Pairs: _pairs,
    v.Bag: _bag,
    v.Pulled: _pulled,
    v.Record: _record,
    v.Sparse: _sparse,
    v.Column: _column,
    v.Frame: _frame,
}
