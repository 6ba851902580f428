"""JSON tree and raw buffers -> value, for trees that an untrusted process sent.

Every length is checked against what was really received before anything is allocated, and
anything unexpected is ``Malformed``: there is no second guess.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.sandbox import values as v
from journeyman.sandbox.encode import MAX_DEPTH, MAX_NODES, NUMBERS, Tree

_DTYPES: dict[str, np.dtype[Any]] = {name: np.dtype(name) for name in NUMBERS}
_TEXT = re.compile(r"(<U|\|S)([1-9][0-9]{0,5})\Z")
_DATES = re.compile(r"(datetime64|timedelta64)\[(Y|M|W|D|h|m|s|ms|us|ns)\]\Z")
_MAX_CODE_POINT = 0x10FFFF


class Malformed(Exception):  # noqa: N818 - reads as a fact about the reply
    """The bytes are not a frame that our own harness would have written."""


def decode(tree: Tree, blobs: memoryview) -> Any:
    """The value of ``tree``, whose arrays lie in ``blobs``.

    Raises:
        Malformed: for any deviation, whatever its kind.
    """
    try:
        return _Reader(blobs).node(tree, 0)
    except Malformed:
        raise
    except (
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
        MemoryError,
    ) as error:
        raise Malformed(type(error).__name__) from error


def _need(condition: bool, what: str = "malformed") -> None:
    if not condition:
        raise Malformed(what)


def _list(value: Any) -> list[Any]:
    _need(type(value) is list)
    return list(value)


def _name(value: Any) -> str:
    _need(type(value) is str and len(value) <= 200)
    return str(value)


class _Reader:
    """One value being read."""

    def __init__(self, blobs: memoryview) -> None:
        self.blobs = blobs
        self.nodes = 0

    def node(self, tree: Tree, depth: int) -> Any:
        self.nodes += 1
        # One more level and a few more nodes than the writer allows: columns hold arrays.
        _need(depth <= MAX_DEPTH + 2 and self.nodes <= 2 * MAX_NODES, "too deep or too many items")
        if tree is None or type(tree) in {bool, int, float, str}:
            return tree
        _need(type(tree) is dict)
        read = _TAGS.get(tree["t"])
        _need(read is not None, "unknown tag")
        assert read is not None
        return read(self, tree, depth)

    def many(self, items: Any, depth: int) -> list[Any]:
        return [self.node(item, depth + 1) for item in _list(items)]

    def blob(self, tree: dict[str, Any]) -> memoryview:
        offset, length = tree["o"], tree["n"]
        _need(type(offset) is int and type(length) is int)
        _need(offset >= 0 and length >= 0 and offset + length <= len(self.blobs), "out of bounds")
        return self.blobs[offset : offset + length]

    def integer(self, tree: dict[str, Any], _depth: int) -> int:
        text = tree["v"]
        _need(type(text) is str and len(text) <= 2100)
        return int(text, 16)

    def complex_(self, tree: dict[str, Any], _depth: int) -> complex:
        real, imaginary = _list(tree["v"])
        _need(type(real) in {int, float} and type(imaginary) in {int, float})
        return complex(real, imaginary)

    def data(self, tree: dict[str, Any], _depth: int) -> bytes:
        return bytes(self.blob(tree))

    def list_(self, tree: dict[str, Any], depth: int) -> list[Any]:
        return self.many(tree["v"], depth)

    def tuple_(self, tree: dict[str, Any], depth: int) -> tuple[Any, ...]:
        return tuple(self.many(tree["v"], depth))

    def bag(self, tree: dict[str, Any], depth: int) -> v.Bag:
        return v.Bag(_name(tree["y"]), self.many(tree["v"], depth))

    def pairs(self, tree: dict[str, Any], depth: int) -> v.Pairs:
        found = []
        for item in _list(tree["v"]):
            key, value = _list(item)
            found.append((self.node(key, depth + 1), self.node(value, depth + 1)))
        return v.Pairs(found)

    def pulled(self, tree: dict[str, Any], depth: int) -> v.Pulled:
        return v.Pulled(_name(tree["y"]), self.many(tree["v"], depth), tree["m"] is True)

    def record(self, tree: dict[str, Any], depth: int) -> v.Record:
        fields = []
        for item in _list(tree["v"]):
            name, value = _list(item)
            fields.append((_name(name), self.node(value, depth + 1)))
        return v.Record(_name(tree["y"]), fields)

    def opaque(self, tree: dict[str, Any], _depth: int) -> v.Opaque:
        return v.Opaque(_name(tree["y"]))

    def missing(self, _tree: dict[str, Any], _depth: int) -> v.Missing:
        return v.Missing()

    def moment(self, tree: dict[str, Any], _depth: int) -> v.Moment:
        return v.Moment(_name(tree["y"]), _name(tree["v"]))

    def source(self, tree: dict[str, Any], _depth: int) -> v.Source:
        _need(type(tree["v"]) is str)
        return v.Source(tree["v"])

    def random(self, tree: dict[str, Any], _depth: int) -> v.Random:
        state, increment, has, pending = (int(_name(item), 16) for item in _list(tree["v"]))
        return v.Random(state, increment, has, pending)

    # ------------------------------------------------------------- arrays and what holds them

    def shape(self, tree: dict[str, Any]) -> tuple[int, ...]:
        shape = tuple(_list(tree["s"]))
        _need(len(shape) <= 32)
        for side in shape:
            if type(side) is not int or not 0 <= side < 1 << 40:
                raise Malformed("shape")
        return shape

    def text_dtype(self, kind: Any) -> np.dtype[Any]:
        _need(type(kind) is str and _TEXT.match(kind) is not None, "dtype")
        dtype: np.dtype[Any] = np.dtype(kind)
        return dtype

    def array(self, tree: dict[str, Any], _depth: int) -> v.Array:
        kind = tree["d"]
        dtype = _DTYPES[kind] if kind in _DTYPES else self.text_dtype(kind)
        shape, raw = self.shape(tree), self.blob(tree)
        count = math.prod(shape)
        _need(len(raw) == count * dtype.itemsize, "length does not match shape")
        data = np.frombuffer(raw, dtype, count) if count else np.empty(0, dtype)
        if dtype.kind == "b":
            data = data.view(np.uint8) != 0
        elif dtype.kind == "U" and count:
            _need(int(data.view(np.uint32).max()) <= _MAX_CODE_POINT, "not text")
        if "u" in tree:
            _need(_DATES.match(_name(tree["u"])) is not None and kind == "<i8")
            data = data.view(tree["u"])
        grad = tree.get("g") is True
        return v.Array(data.reshape(shape), _name(tree["y"]), tree.get("k") is True, grad)

    def objects(self, tree: dict[str, Any], depth: int) -> v.Array:
        items, shape = self.many(tree["v"], depth), self.shape(tree)
        _need(len(items) == math.prod(shape))
        data = np.empty(len(items), object)
        for position, item in enumerate(items):
            data[position] = item
        return v.Array(data.reshape(shape), _name(tree["y"]), tree.get("k") is True)

    def values(self, tree: Tree, depth: int) -> Any:
        _need(type(tree) is dict and tree.get("t") in {"nd", "objects", "opaque"})
        return self.node(tree, depth + 1)

    def sparse(self, tree: dict[str, Any], _depth: int) -> v.Sparse:
        shape = self.shape(tree)
        _need(len(shape) == 2)
        row, column, data = (self.values(part, 0) for part in _list(tree["v"]))
        _need(all(type(part) is v.Array and part.data.ndim == 1 for part in (row, column, data)))
        _need(row.data.dtype == np.int64 and column.data.dtype == np.int64)
        _need(row.data.size == column.data.size == data.data.size)
        if row.data.size:
            _need(row.data.min() >= 0 and row.data.max() < shape[0])
            _need(column.data.min() >= 0 and column.data.max() < shape[1])
        return v.Sparse(_name(tree["f"]), shape, row.data, column.data, data.data)

    def column(self, tree: dict[str, Any], depth: int) -> v.Column:
        index = tree["i"]
        return v.Column(
            _name(tree["y"]),
            _name(tree["d"]),
            self.node(tree["m"], depth + 1),
            self.values(tree["v"], depth),
            None if index is None else self.values(index, depth),
        )

    def frame(self, tree: dict[str, Any], depth: int) -> v.Frame:
        columns, dtypes = self.many(tree["c"], depth), [_name(item) for item in _list(tree["d"])]
        found = [self.values(item, depth) for item in _list(tree["v"])]
        _need(len(columns) == len(dtypes) == len(found))
        return v.Frame(columns, dtypes, found, self.values(tree["i"], depth))


_TAGS: dict[str, Callable[[_Reader, dict[str, Any], int], Any]] = {
    "int": _Reader.integer,
    "complex": _Reader.complex_,
    "bytes": _Reader.data,
    "list": _Reader.list_,
    "tuple": _Reader.tuple_,
    "set": _Reader.bag,
    "dict": _Reader.pairs,
    "pulled": _Reader.pulled,
    "record": _Reader.record,
    "opaque": _Reader.opaque,
    "missing": _Reader.missing,
    "moment": _Reader.moment,
    "source": _Reader.source,
    "random": _Reader.random,
    "nd": _Reader.array,
    "objects": _Reader.objects,
    "sparse": _Reader.sparse,
    "column": _Reader.column,
    "frame": _Reader.frame,
}
