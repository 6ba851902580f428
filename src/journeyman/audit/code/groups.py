"""Methods of grouped tables and of windows over rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import (
    tables,
)
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import Taint, Value, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

Method = Callable[["Reader", Call], Value]


def _window_stat(reader: Reader, made: Call) -> Value:
    """A window that ends with the row itself holds the row's own value."""
    del reader
    base = replace(made.base, sort="data", uses=frozenset())
    column = made.base.column
    what = "a centred window" if "centred" in base.marks else f"a window's {made.name}"
    kind = "future" if "centred" in base.marks else "window"
    if kind == "window" and "shifted" in base.marks:
        return base
    return base.tainted(
        Taint(kind, what, made.place.file, made.node.lineno, base.regions, "", column)
    )


def groupby(reader: Reader, made: Call) -> Value:
    """``table.groupby(columns)``: the table now is known to have groups."""
    names = string_items(made.get(0, "by")) or []
    tables.remember(reader, made, {f"grouped:{one}" for one in names})
    return replace(
        made.base,
        sort="grouped",
        name=",".join(names),
        marks=made.base.marks | {f"grouped:{one}" for one in names},
    )


def _group_stat(reader: Reader, made: Call) -> Value:
    """A mean per group, or the same put back on each row by ``transform``."""
    base = made.base
    del reader
    column = base.column
    function = next((one for one in made.args if one.sort == "function"), None)
    taints = set(base.taints)
    if column and function is None and made.name not in {"cumcount", "cumsum", "ffill", "ngroup"}:
        taints.add(
            Taint(
                "group",
                f"mean of {column} by {base.name}",
                made.place.file,
                made.node.lineno,
                base.regions,
                "",
                column,
            )
        )
    return replace(
        base, sort="data", uses=frozenset(), taints=frozenset(taints), whole=False, kept=None
    )


def _group_apply(reader: Reader, made: Call) -> Value:
    function = next((one for one in made.everything if one.sort == "function"), None)
    if function is None or function.thing is None:
        return _group_stat(reader, made)
    inner = replace(made.base, sort="data")
    result = reader.call_function(function.thing, (inner,), {})
    if result.sort == "stat":
        return _group_stat(reader, replace(made, args=()))
    return result if result.sort == "data" else replace(inner, uses=frozenset())


def _group_rows(reader: Reader, made: Call) -> Value:
    act = tables.TABLE.get(made.name, tables.same)
    found = act(reader, replace(made, base=replace(made.base, sort="data")))
    return replace(found, sort="window") if found.sort == "window" else found


GROUPED: dict[str, Method] = {
    **dict.fromkeys(
        (
            "mean",
            "sum",
            "median",
            "std",
            "count",
            "min",
            "max",
            "first",
            "last",
            "nunique",
            "size",
            "var",
            "cumcount",
            "quantile",
        ),
        _group_stat,
    ),
    **dict.fromkeys(("transform", "agg", "aggregate", "apply"), _group_apply),
    **dict.fromkeys(
        (
            "shift",
            "rolling",
            "ewm",
            "expanding",
            "diff",
            "pct_change",
            "ffill",
            "bfill",
            "sample",
            "fillna",
        ),
        _group_rows,
    ),
}

WINDOW: dict[str, Method] = dict.fromkeys(
    (
        "mean",
        "sum",
        "median",
        "std",
        "count",
        "min",
        "max",
        "var",
        "quantile",
        "agg",
        "apply",
        "first",
        "last",
        "interpolate",
        "ffill",
    ),
    _window_stat,
)
