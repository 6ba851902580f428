"""Gaps filled and values changed in place with what the rows say of a column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import known
from journeyman.audit.code.values import UNKNOWN, Taint, Value, join

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call
    from journeyman.audit.finding import Place


def chosen_where(made: Call) -> Value | None:
    """``np.where(gaps, mean, column)`` and ``column.mask(gaps, mean)``: imputing; None for others.

    Args:
        made: The call; the receiver counts as an argument where it is a table.
    """
    given = [made.base, *made.everything] if made.base.sort == "data" else made.everything
    tables = [one for one in given if one.sort == "data" and "mask" not in one.marks]
    grouped = [one for one in tables if any(taint.kind == "group" for taint in one.taints)]
    stats = [one for one in given if one.sort == "stat"] or grouped
    rows = [one for one in tables if one not in grouped]
    if not stats or not rows:
        return None
    return _filled(rows[-1], join(stats), made.name, made.place)


def placed(table: Value, columns: list[str] | None, value: Value, place: Place) -> Value:
    """The value that ``table.loc[gaps, "a"] = median`` leaves in the column."""
    if value.sort != "stat":
        return value
    uses = frozenset(columns or ())
    column = replace(table, sort="data", uses=uses, kept=None, whole=False)
    return _filled(replace(column, taints=frozenset()), value, "filling by mask", place)


def _filled(rows: Value, stat: Value, what: str, place: Place) -> Value:
    columns = sorted(rows.uses) or [""]
    taints = (Taint("imputing", what, place.file, place.line, stat.regions, one) for one in columns)
    return rows.tainted(*taints)


def scaled_by(made: Call) -> Value:
    """``table.apply(zscore)``: a scaling function handed over by name; unknown for others."""
    function = next((one for one in made.args if one.sort == "callable"), UNKNOWN)
    name = function.name.rsplit(".", 1)[-1]
    if name not in known.SCALING_FUNCTIONS:
        return UNKNOWN
    taint = made.taint("scaling", name, made.base.regions)
    return made.base.tainted(taint)
