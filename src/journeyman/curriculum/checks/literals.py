"""Values as Python source, to write an answer sheet that knows the examples by heart."""

from __future__ import annotations

from typing import Any

import numpy as np


class UnwritableError(Exception):
    """The value has no short form as source."""


def literal(value: Any) -> str:  # noqa: PLR0911 - one line for each kind of value
    """``value`` as an expression over ``np``.

    >>> literal({"a": (1, np.arange(2))})
    "{'a': (1, np.array([0, 1], dtype='int64'))}"
    """
    if value is None or isinstance(value, (bool, int, str)):
        return repr(value)
    if isinstance(value, float):
        return f"float('{value!r}')"
    if isinstance(value, np.generic):
        return literal(value.item())
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        text = repr(value.tolist()).replace("nan", "np.nan").replace("inf", "np.inf")
        return (
            f"np.array({text}, dtype={value.dtype.name!r}).reshape({value.shape})"
            if value.size == 0
            else f"np.array({text}, dtype={value.dtype.name!r})"
        )
    if isinstance(value, tuple):
        return (
            "(" + "".join(f"{literal(v)}, " for v in value)[: -1 if len(value) == 1 else -2] + ")"
            if value
            else "()"
        )
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    raise UnwritableError
