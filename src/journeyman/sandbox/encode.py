"""Value -> JSON tree and raw buffers. Runs on both sides; trusts nothing about the value.

Scalars are plain JSON. Everything else is an object with a tag ``t``; ``decode`` is the inverse.
"""

from __future__ import annotations

import dataclasses
import itertools
import sys
import types
from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np

from journeyman.core.exercise import Code

MAX_DEPTH = 12
MAX_NODES = 50_000
MAX_BYTES = 48 << 20
MAX_TEXT = 1 << 16
MAX_PULL = 1000
# What numbers look like on the wire; an array that looks so already is sent as it is.
NUMBERS = frozenset(
    "|b1 |i1 <i2 <i4 <i8 |u1 <u2 <u4 <u8 <f2 <f4 <f8 <c8 <c16".split()  # noqa: SIM905
)
Tree = Any

_ITERATORS: tuple[type, ...] = (
    types.GeneratorType,
    range,
    map,
    filter,
    zip,
    enumerate,
    reversed,
    type(iter([])),
    type(iter({}.keys())),
    type({}.keys()),
    type({}.values()),
    type({}.items()),
    itertools.chain,
    itertools.islice,
)


class _TooMuchError(Exception):
    """The value has more items, or nests deeper, than a reply may carry."""


def encode(value: Any) -> tuple[Tree, list[bytes]]:
    """The JSON tree of ``value`` and the buffers that it points into.

    A value that does not fit (too deep, too many items, too many bytes, unknown class) becomes an
    ``opaque`` node that names its type: encoding never fails because of its size.

    >>> encode((1, "two"))
    ({'t': 'tuple', 'v': [1, 'two']}, [])
    """
    writer = _Writer()
    try:
        return writer.node(value, 0), writer.blobs
    except (_TooMuchError, RecursionError):
        return {"t": "opaque", "y": f"{type_name(value)} that is too large or too deep"}, []


def type_name(value: Any) -> str:
    """The module and name of the value's class, at most 120 characters."""
    kind = type(value)
    module = str(getattr(kind, "__module__", ""))
    prefix = "" if module in {"builtins", "submission"} else f"{module}."
    return f"{prefix}{kind.__qualname__}"[:120]


class _Writer:
    """One value being written."""

    def __init__(self) -> None:
        self.blobs: list[bytes] = []
        self.size = 0
        self.nodes = 0

    def node(self, value: Any, depth: int) -> Tree:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise _TooMuchError
        write = _EXACT.get(type(value))
        if write is not None:
            return write(self, value, depth)
        return self.other(value, depth)

    def many(self, values: Iterable[Any], depth: int) -> list[Tree]:
        return [self.node(item, depth + 1) for item in values]

    def blob(self, data: bytes) -> dict[str, int]:
        self.size += len(data)
        if self.size > MAX_BYTES:
            raise _TooMuchError
        self.blobs.append(data)
        return {"o": self.size - len(data), "n": len(data)}

    def other(self, value: Any, depth: int) -> Tree:
        """Everything that is not exactly a built-in type."""
        for module, write in _LIBRARIES:
            if module in sys.modules:
                tree = write(self, value, depth)
                if tree is not None:
                    return tree
        if isinstance(value, _ITERATORS):
            pulled = list(itertools.islice(cast("Iterable[Any]", value), MAX_PULL + 1))
            more = len(pulled) > MAX_PULL
            items = self.many(pulled[:MAX_PULL], depth)
            return {"t": "pulled", "y": type_name(value), "v": items, "m": more}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [field.name for field in dataclasses.fields(value)]
            fields = [[name, self.node(getattr(value, name, None), depth + 1)] for name in names]
            return {"t": "record", "y": type_name(value), "v": fields}
        for base, plain in _SUBCLASSES:
            if isinstance(value, base):
                return _EXACT[base](self, plain(value), depth)
        if hasattr(type(value), "isoformat"):
            return {"t": "moment", "y": type_name(value), "v": str(value.isoformat())[:80]}
        return {"t": "opaque", "y": type_name(value)}

    # ------------------------------------------------------------- built-in types

    def plain(self, value: Any, _depth: int) -> Tree:
        return value

    def source(self, value: Code, _depth: int) -> Tree:
        return {"t": "source", "v": value.source}

    def integer(self, value: int, _depth: int) -> Tree:
        if value.bit_length() <= 53:
            return value
        if value.bit_length() > 8192:
            return {"t": "opaque", "y": "int of more than 8192 bits"}
        return {"t": "int", "v": hex(value)}

    def text(self, value: str, _depth: int) -> Tree:
        if len(value) <= MAX_TEXT:
            return value
        return {"t": "opaque", "y": f"str of {len(value)} characters"}

    def ndarray(self, value: np.ndarray[Any, Any], depth: int) -> Tree:
        return array(self, value, "numpy.ndarray", depth)

    def scalar(self, value: np.generic, depth: int) -> Tree:
        return array(self, np.asarray(value), type_name(value), depth, scalar=True)

    def data(self, value: bytes, _depth: int) -> Tree:
        return {"t": "bytes", **self.blob(bytes(value))}

    def complex_(self, value: complex, _depth: int) -> Tree:
        return {"t": "complex", "v": [value.real, value.imag]}

    def list_(self, value: Iterable[Any], depth: int) -> Tree:
        return {"t": "list", "v": self.many(value, depth)}

    def tuple_(self, value: Iterable[Any], depth: int) -> Tree:
        return {"t": "tuple", "v": self.many(value, depth)}

    def bag(self, value: Iterable[Any], depth: int) -> Tree:
        return {"t": "set", "y": type_name(value), "v": self.many(value, depth)}

    def pairs(self, value: dict[Any, Any], depth: int) -> Tree:
        items = [
            [self.node(key, depth + 1), self.node(item, depth + 1)]
            for key, item in dict.items(value)
        ]
        return {"t": "dict", "v": items}


def _exact() -> dict[type, Callable[[_Writer, Any, int], Tree]]:
    return {
        type(None): _Writer.plain,
        bool: _Writer.plain,
        float: _Writer.plain,
        int: _Writer.integer,
        str: _Writer.text,
        complex: _Writer.complex_,
        bytes: _Writer.data,
        bytearray: _Writer.data,
        list: _Writer.list_,
        tuple: _Writer.tuple_,
        set: _Writer.bag,
        frozenset: _Writer.bag,
        dict: _Writer.pairs,
        Code: _Writer.source,
        np.ndarray: _Writer.ndarray,
        **dict.fromkeys((np.float64, np.float32, np.int64, np.bool_), _Writer.scalar),
    }


_EXACT = _exact()
# By value, through the base class, so that no method of a subclass is asked what it holds.
_SUBCLASSES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (complex, lambda value: complex(value.real, value.imag)),
    (str, str.__str__),
    (bytes, bytes),
    (dict, lambda value: value),
    (tuple, tuple.__iter__),
    (list, list.__iter__),
    (set, set.copy),
    (frozenset, frozenset.copy),
)


# ------------------------------------------------------------------ numpy, scipy, pandas, torch


def _numpy(writer: _Writer, value: Any, depth: int) -> Tree | None:
    if isinstance(value, (np.ndarray, np.generic)):
        return array(
            writer, np.asarray(value), type_name(value), depth, isinstance(value, np.generic)
        )
    if isinstance(value, np.random.Generator):
        state = value.bit_generator.state
        if state.get("bit_generator") != "PCG64":
            return None
        inner = state["state"]
        numbers = (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"])
        return {"t": "random", "v": [hex(int(number)) for number in numbers]}
    return None


def array(writer: _Writer, data: Any, name: str, depth: int, scalar: bool = False) -> Tree:
    """A node for a plain numpy array; object arrays are written item by item."""
    dtype = data.dtype
    head: dict[str, Any] = {"y": name, "s": data.shape}
    if scalar:
        head["k"] = True
    if dtype.str in NUMBERS and data.nbytes <= MAX_BYTES:
        return {"t": "nd", "d": dtype.str, **head, **writer.blob(data.tobytes())}
    return _converted(writer, data, head, depth)


def _converted(writer: _Writer, data: Any, head: dict[str, Any], depth: int) -> Tree:
    """A node for an array that has to be brought into one of the forms on the wire first."""
    kind = data.dtype.kind
    if kind == "O":
        return {"t": "objects", **head, "v": writer.many(data.ravel().tolist(), depth)}
    if kind in "mM":
        unit = data.dtype.name
        data = data.astype(unit, copy=False).view("i8")
        head["u"] = unit
    if data.dtype.itemsize > 16 and kind in "fc":
        data = data.astype("f8" if kind == "f" else "c16")
    if data.dtype.byteorder == ">":
        data = data.astype(data.dtype.newbyteorder("<"))
    if data.dtype.kind not in "biufcSU":
        return {"t": "opaque", "y": f"array of {data.dtype}"[:120]}
    if data.dtype.itemsize == 16 and kind == "f":
        data = data.astype("f8")
    if data.nbytes > MAX_BYTES:
        return {"t": "opaque", "y": f"array of {data.nbytes} bytes"}
    return {
        "t": "nd",
        "d": data.dtype.str,
        **head,
        **writer.blob(np.ascontiguousarray(data).tobytes()),
    }


def _torch(writer: _Writer, value: Any, depth: int) -> Tree | None:
    torch = sys.modules["torch"]
    if not isinstance(value, torch.Tensor):
        return None
    tensor = value.detach().cpu()
    name = str(tensor.dtype)
    if tensor.is_sparse:
        tensor = tensor.to_dense()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.float()
    return {
        **array(writer, tensor.resolve_conj().numpy(), name, depth),
        "g": bool(value.requires_grad),
    }


def _scipy(writer: _Writer, value: Any, depth: int) -> Tree | None:
    sparse = sys.modules["scipy.sparse"]
    if not sparse.issparse(value) or value.ndim != 2:
        return None
    coo = value.tocoo()
    parts = [
        array(writer, part, "", depth)
        for part in (coo.row.astype("i8"), coo.col.astype("i8"), coo.data)
    ]
    return {"t": "sparse", "f": str(value.format), "s": list(value.shape), "v": parts}


def _pandas(writer: _Writer, value: Any, depth: int) -> Tree | None:
    pd = sys.modules["pandas"]
    if isinstance(value, pd.DataFrame):
        columns = [value.iloc[:, position] for position in range(value.shape[1])]
        return {
            "t": "frame",
            "c": writer.many(value.columns.tolist(), depth),
            "d": [str(column.dtype) for column in columns],
            "v": [_values(writer, column, depth) for column in columns],
            "i": _values(writer, value.index, depth),
        }
    if isinstance(value, (pd.Series, pd.Index)):
        is_series = isinstance(value, pd.Series)
        return {
            "t": "column",
            "y": "pandas.Series" if is_series else "pandas.Index",
            "d": str(value.dtype),
            "m": writer.node(value.name, depth + 1),
            "v": _values(writer, value, depth),
            "i": _values(writer, value.index, depth) if is_series else None,
        }
    if value is pd.NA or value is pd.NaT:
        return {"t": "missing"}
    return None


def _values(writer: _Writer, column: Any, depth: int) -> Tree:
    if type(column.dtype).__name__ == "DatetimeTZDtype":
        return array(writer, column.to_numpy(dtype="datetime64[ns]"), "", depth + 1)
    return array(writer, column.to_numpy(), "", depth + 1)


_LIBRARIES: tuple[tuple[str, Callable[[_Writer, Any, int], Tree | None]], ...] = (
    ("numpy", _numpy),
    ("pandas", _pandas),
    ("scipy.sparse", _scipy),
    ("torch", _torch),
)
