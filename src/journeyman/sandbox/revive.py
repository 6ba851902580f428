"""Decoded values -> the live objects that a function is called with.

Used on both sides with values that come from the trusted side: by the harness for the learner's
arguments, and by the judge for the reference's, so that both see exactly the same input.
"""

from __future__ import annotations

import random as random_module
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.core.exercise import Code
from journeyman.sandbox import values as v


def revive(value: Any) -> Any:
    """The live object of a decoded value; arrays are fresh, writable copies.

    >>> revive(v.Pairs([("a", (1, 2))]))
    {'a': (1, 2)}
    """
    live: Callable[[Any], Any] | None = _REVIVE.get(type(value))
    return value if live is None else live(value)


def _array(value: v.Array) -> Any:
    if value.data.dtype.kind == "O":
        data: Any = np.empty(value.data.shape, object)
        data.flat = [revive(item) for item in value.data.flat]
    else:
        data = value.data.copy()
    if value.tensor:
        torch = sys.modules["torch"]
        tensor = torch.from_numpy(data).to(getattr(torch, value.type.removeprefix("torch.")))
        return tensor.requires_grad_(value.grad)
    return data[()] if value.scalar else data


def _column(value: v.Column) -> Any:
    pd = sys.modules["pandas"]
    data = _array(value.values)
    if value.type == "pandas.Index":
        return pd.Index(data, dtype=value.dtype, name=value.name)
    return pd.Series(data, _array(value.index), dtype=value.dtype, name=value.name)


def _frame(value: v.Frame) -> Any:
    pd = sys.modules["pandas"]
    index = _array(value.index)
    columns = [
        pd.Series(_array(data), index, dtype=dtype)
        for data, dtype in zip(value.values, value.dtypes, strict=True)
    ]
    frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
    frame.columns = [revive(name) for name in value.columns]
    return frame


def _sparse(value: v.Sparse) -> Any:
    sparse = sys.modules["scipy.sparse"]
    return sparse.coo_array((value.data, (value.row, value.column)), value.shape).asformat(
        value.format
    )


def _bag(value: v.Bag) -> Any:
    items = map(revive, value.values)
    return frozenset(items) if value.type == "frozenset" else set(items)


def _moment(value: v.Moment) -> Any:
    if value.type == "pandas.Timestamp":
        return sys.modules["pandas"].Timestamp(value.text)
    import datetime as dt  # noqa: PLC0415 - rare

    kind = getattr(dt, value.type.removeprefix("datetime."))
    return kind.fromisoformat(value.text)


def _random(value: v.Random) -> Any:
    generator = np.random.Generator(np.random.PCG64(0))
    generator.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": value.state, "inc": value.increment},
        "has_uint32": value.has_uint32,
        "uinteger": value.uinteger,
    }
    return generator


def _pulled(value: v.Pulled) -> Any:
    if value.type == "range":
        items = value.values
        step = items[1] - items[0] if len(items) > 1 else 1
        return range(items[0], items[-1] + step, step) if items else range(0)
    return iter([revive(item) for item in value.values])


def evaluate(code: str) -> Any:
    """The object that a case's ``Code`` expression stands for (trusted text).

    The expression sees ``np``, ``math``, ``random`` and, where the tier has them, ``pd``,
    ``scipy``, ``sklearn`` and ``torch``.
    """
    import math  # noqa: PLC0415 - only where a case passes code

    names = {"np": np, "math": math, "random": random_module}
    for short, module in (
        ("pd", "pandas"),
        ("scipy", "scipy"),
        ("sklearn", "sklearn"),
        ("torch", "torch"),
    ):
        if module in sys.modules:
            names[short] = sys.modules[module]
    return eval(code, names)  # noqa: S307 - written by the author of the exercise


_REVIVE: dict[type, Callable[[Any], Any]] = {
    v.Array: _array,
    v.Column: _column,
    v.Frame: _frame,
    v.Sparse: _sparse,
    v.Bag: _bag,
    v.Moment: _moment,
    v.Random: _random,
    v.Pulled: _pulled,
    v.Pairs: lambda value: {revive(key): revive(item) for key, item in value.items},
    v.Missing: lambda _: sys.modules["pandas"].NA,
    v.Source: lambda value: evaluate(value.source),
    Code: lambda value: evaluate(value.source),
    list: lambda value: [revive(item) for item in value],
    tuple: lambda value: tuple(revive(item) for item in value),
}
