"""Methods of grouped tables and of windows over rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import dividing, frames, polars, tables
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import CENTRED, Value, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

Method = Callable[["Reader", Call], Value]
MOST_COLUMNS = 20
"""Of so many columns at once the statistics by group are followed."""


def _window_stat(reader: Reader, made: Call) -> Value:
    """A window that ends with the row itself holds the row's own value."""
    del reader
    base = replace(made.base, sort="data", uses=frozenset())
    column = made.base.column
    what = CENTRED if "centred" in base.marks else f"a window's {made.name}"
    kind = "future" if "centred" in base.marks else "window"
    if kind == "window" and "shifted" in base.marks:
        return base
    return base.tainted(made.taint(kind, what, base.regions, "", column))


def groupby(reader: Reader, made: Call) -> Value:
    """``table.groupby(columns)``: the table now is known to have groups."""
    by = made.get(0, "by")
    names = string_items(by) or sorted(by.uses)
    tables.remember(reader, made, {f"grouped:{one}" for one in names})
    if "test" in made.base.roles and len(names) == 1:  # scored by whom the rows are of
        dividing.note_counted(reader, frames.select(made.base, names), scored=True)
    flat = {"flat"} if made.says("as_index", False) else set()
    return replace(
        made.base,
        sort="grouped",
        name=",".join(names),
        marks=made.base.marks | {f"grouped:{one}" for one in names} | flat,
    )


def _group_stat(reader: Reader, made: Call) -> Value:
    """A mean per group, or the same put back on each row by ``transform``."""
    base = made.base
    if made.name == "nunique":
        dividing.note_counted(reader, base)
    function = next((one for one in made.args if one.sort == "function"), None)
    taints = set(base.taints)
    if function is None and made.name not in {"cumcount", "cumsum", "ffill", "ngroup", "size"}:
        named = "flat" in base.marks or len(base.uses) > 1
        for column in base.uses if len(base.uses) <= MOST_COLUMNS else ():
            what = f"mean of {column} by {base.name}"
            taints |= {
                made.taint("group", what, base.regions, column if named else "", one)
                for one in (column, *_sources(base, column))
            }
    base = replace(base, marks=base.marks - {"flat"})
    kept = base.marks if made.name == "transform" else _one_row_each(base)
    return replace(
        base,
        sort="data",
        uses=frozenset(),
        taints=frozenset(taints),
        whole=False,
        kept=None,
        marks=kept,
    )


def _sources(base: Value, column: str) -> set[str]:
    """The columns that this one was computed from."""
    made = (one for one in base.taints if one.kind == "derived" and one.column == column)
    return {one.of for one in made if one.of}


def _one_row_each(base: Value) -> frozenset[str]:
    """A table of aggregates has one row a group: it is grouped no longer, nor dated by rows."""
    by = {f"{kind}:{one}" for one in base.name.split(",") for kind in ("dated", "sorted")}
    gone = ("grouped:", "dated:", "sorted:", "indexed:")
    one_name = bool(base.name) and "," not in base.name
    alone = frozenset({f"deduplicated:{base.name}"} if one_name else ())
    return alone | frozenset(one for one in base.marks if one in by or not one.startswith(gone))


def _aggregates(made: Call) -> Iterator[tuple[str, str, str]]:
    """``(new name, how, column)`` for ``agg(rate=("y", "mean"))`` and ``agg({"y": ["mean"]})``."""
    for name, value in made.kwargs.items():
        said = string_items(value) or []
        if len(said) == 2:
            yield name, said[1], said[0]
    yield from polars.aggregated(made.args)
    for given in made.args:
        for column, value in (given.thing.fields if given.thing else {}).items():
            for how in string_items(value) or []:
                yield column, how, column


def _named_stats(made: Call) -> Value | None:
    """Statistics of named columns by group: each new column knows its own."""
    base = made.base
    taints = {
        made.taint(
            "group",
            f"{how} of {column} by {base.name}",
            base.regions,
            new,
            column,
        )
        for new, how, column in _aggregates(made)
        if how not in {"size", "count", "nunique"}
    }
    if not taints:
        return None
    return replace(
        base,
        sort="data",
        uses=frozenset(),
        taints=base.taints | taints,
        whole=False,
        kept=None,
        marks=_one_row_each(base),
    )


def pivot(reader: Reader, made: Call) -> Value:
    """``table.pivot_table(index="city", values="y")``: statistics by group under another name."""
    how = made.get(3, "aggfunc").const or "mean"
    by = string_items(made.get(1, "index")) or []
    base = replace(made.base, name=", ".join(by))
    columns = string_items(made.get(0, "values")) or []
    taints = {
        made.taint(
            "group",
            f"{how} of {one} by {base.name}",
            base.regions,
            one,
            one,
        )
        for one in columns
    }
    del reader
    found = base.tainted(*taints) if how not in {"size", "count", "nunique"} else base
    return replace(found, uses=frozenset(), whole=False, kept=None, marks=_one_row_each(base))


def _group_apply(reader: Reader, made: Call) -> Value:
    if "nunique" in {how for one in made.args for how in string_items(one) or []}:
        dividing.note_counted(reader, made.base)
    named = _named_stats(made)
    if named is not None:
        return named
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


# Computed alike over a group, a window or a table.
_STATISTICS = (
    "mean", "sum", "median", "std", "count", "min", "max", "first", "last", "var", "quantile",
)  # fmt: skip
_ROWS = (
    "shift", "rolling", "ewm", "expanding", "diff", "pct_change", "ffill", "bfill", "sample",
    "fillna",
)  # fmt: skip

GROUPED: dict[str, Method] = {
    **dict.fromkeys((*_STATISTICS, "nunique", "size", "cumcount"), _group_stat),
    **dict.fromkeys(("transform", "agg", "aggregate", "apply"), _group_apply),
    **dict.fromkeys(_ROWS, _group_rows),
}

WINDOW: dict[str, Method] = dict.fromkeys(
    (*_STATISTICS, "agg", "apply", "interpolate", "ffill"), _window_stat
)
