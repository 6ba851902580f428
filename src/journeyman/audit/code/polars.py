"""Polars' expressions: columns named in the abstract, bound to the table they are used in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import dividing, frames, targets
from journeyman.audit.code.values import Value, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call
    from journeyman.audit.code.reader import Reader

EXPRESSION = "expression"
_OUT, _ALIAS = "out:", "alias:"


def column(reader: Reader, made: Call) -> Value:
    """``pl.col("a", "b")``: columns of whichever table the expression is used in."""
    del reader
    names = [name for one in made.args for name in string_items(one) or []]
    marks = {EXPRESSION, *(f"{_OUT}{name}" for name in names[:1])}
    return Value("data", uses=frozenset(names), marks=frozenset(marks))


def alias(reader: Reader, made: Call) -> Value:
    """``expression.alias("rate")``."""
    del reader
    name = made.get(0, "name").const
    return made.base.marked(f"{_ALIAS}{name}") if isinstance(name, str) else made.base


def titled(value: Value, name: str) -> Value:
    """``pl.Series("rate", values)``: a column under its name."""
    return value.marked(EXPRESSION, f"{_ALIAS}{name}")


def over(reader: Reader, made: Call) -> Value:
    """``pl.col("y").mean().over("city")``: a statistic by group, put back on each row."""
    del reader
    groups = [name for one in made.args for name in string_items(one) or []]
    marks = made.base.marks | {f"grouped:{one}" for one in groups}
    found = replace(made.base, sort="data", marks=marks)
    if made.base.sort != "stat":
        return found
    of = _named(made.base, _OUT)
    what = f"{made.base.name or 'statistic'} of {of} by {', '.join(groups)}"
    taint = made.taint("group", what, made.base.regions, "", of)
    return replace(found.tainted(taint), uses=frozenset())


def rolled(reader: Reader, made: Call) -> Value:
    """``rolling_mean`` and its kin: a window that ends with the row itself, or is centred on it."""
    del reader
    base = replace(made.base, uses=frozenset(), marks=made.base.marks | {"lagged"})
    centred = made.says("center", True)
    if "shifted" in base.marks and not centred:
        return base
    kind, what = ("future", "a centred window") if centred else ("window", f"a {made.name}")
    of = made.base.column
    return base.tainted(made.taint(kind, what, base.regions, "", of))


def _named(value: Value, prefix: str) -> str:
    found = (mark for mark in value.marks if mark.startswith(prefix))
    return next(found, "").removeprefix(prefix)


def _expressions(values: Iterable[Value]) -> Iterator[Value]:
    for value in values:
        for one in value.flat():
            if EXPRESSION in one.marks and one.sort in {"data", "stat"}:
                yield one


def bound(value: Value, table: Value) -> Value:
    """An expression used in a table is made of the table's rows, and so is all that it learnt."""
    taints = {one if one.regions else replace(one, regions=table.regions) for one in value.taints}
    marks = {m for m in value.marks if m != EXPRESSION and not m.startswith((_OUT, _ALIAS))}
    return replace(
        value,
        regions=value.regions or table.regions,
        taints=frozenset(taints),
        marks=frozenset(marks),
    )


def with_columns(reader: Reader, made: Call) -> Value:
    """``table.with_columns(expression.alias("a"), b=expression)``: assignments, one by one."""
    found = made.base
    given = [(_named(one, _ALIAS) or _named(one, _OUT), one) for one in _expressions(made.args)]
    given += list(made.kwargs.items())
    for name, value in given:
        names = [name] if name else None
        found = targets.set_column(reader, made.node, found, names, bound(value, made.base))
    return found


def select(reader: Reader, made: Call) -> Value:
    """``table.select(...)``: columns by name, or new ones."""
    names = [name for one in made.args for name in string_items(one) or []]
    exprs = list(_expressions(made.args))
    if names and not exprs:
        return frames.select(made.base, names)
    key = made.get(0)
    if key.sort == "columns":
        return frames.narrowed(made.base, key)
    table = with_columns(reader, made) if exprs else made.base
    return replace(table, whole=False)


def filtered(reader: Reader, made: Call) -> Value:
    """``table.filter(mask)`` leaves rows; pandas' ``filter(items)`` leaves columns."""
    key = made.get(0)
    names = string_items(key)
    if not made.node.args or names is not None:
        return frames.select(made.base, names) if names else replace(made.base, whole=False)
    key = bound(key, made.base)
    found = frames.rows(made.base, made.node.args[0], key)
    return dividing.sided(reader, made.node.args[0], made.base, key, found)


def aggregated(values: Iterable[Value]) -> Iterator[tuple[str, str, str]]:
    """New name, statistic and column of each aggregate among the arguments of ``agg``."""
    for one in _expressions(values):
        of = _named(one, _OUT)
        if one.sort == "stat" and of:
            yield _named(one, _ALIAS) or of, one.name or "statistic", of
