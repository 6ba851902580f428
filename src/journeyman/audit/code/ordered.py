"""Methods of tables that know an order of rows: sorting, shifting, windows, drawing at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import calls, frames, targets
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import UNKNOWN, Value, join, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


def _shift(reader: Reader, made: Call) -> Value:
    steps = made.get(0, "periods").const
    steps = 1 if steps is None else steps
    column = made.base.column
    if isinstance(steps, (int, float)) and steps < 0:
        taint = made.taint(
            "future",
            f"shift({steps})",
            made.base.regions,
            "",
            column,
        )
        return replace(made.base.tainted(taint), marks=made.base.marks | {"future", "lagged"})
    del reader
    kept = frozenset(one for one in made.base.taints if one.kind not in {"window", "group"})
    return replace(
        made.base, uses=frozenset(), taints=kept, marks=made.base.marks | {"shifted", "lagged"}
    )


def _rolling(reader: Reader, made: Call) -> Value:
    del reader
    marks = {"lagged"} | ({"centred"} if made.says("center", True) else set())
    return replace(made.base, sort="window", marks=(made.base.marks - {"centred"}) | marks)


def _difference(reader: Reader, made: Call) -> Value:
    del reader
    column = made.base.column
    base = replace(made.base, uses=frozenset(), marks=made.base.marks | {"lagged"})
    if "shifted" in base.marks or not column:
        return base
    return base.tainted(made.taint("window", made.name, base.regions, "", column))


def _fillna(reader: Reader, made: Call) -> Value:
    filler = made.get(0, "value")
    method_ = made.kwargs.get("method", UNKNOWN).const
    stats = [one for one in filler.flat() if one.sort == "stat"]
    table = made.base
    encoded = any(one.kind == "group" for one in table.taints)
    if stats and not encoded:  # categories without a mean of their own are no gaps
        regions = join(stats).regions
        columns = sorted(table.uses) or [""]
        table = table.tainted(*(made.taint("imputing", "fillna", regions, one) for one in columns))
    elif filler.sort == "data" and any(one.kind == "group" for one in filler.taints):
        table = table.tainted(
            *(replace(one, kind="imputing") for one in filler.taints if one.kind == "group")
        )
    if method_ in {"bfill", "backfill"}:
        return targets.inplace(reader, made, _backwards(reader, made))
    return targets.inplace(reader, made, table)


def _backwards(reader: Reader, made: Call) -> Value:
    """Filling from below takes values of the future, where rows are in order of time."""
    del reader
    if not made.base.has("sorted:") and not made.base.has("indexed:"):
        return made.base
    return made.base.tainted(
        made.taint(
            "future",
            made.name,
            made.base.regions,
            made.base.column,
            made.base.column,
        )
    )


def _dated(made: Call, names: list[str], how: str) -> set[str]:
    """The marks of those columns that hold dates, for a table put in their order."""
    return {
        f"{how}:{one}"
        for one in names
        if calls.looks_dated(one) or f"dated:{one}" in made.base.marks
    }


def _sort_values(reader: Reader, made: Call) -> Value:
    names = string_items(made.get(0, "by")) or []
    return targets.inplace(reader, made, made.base.marked(*_dated(made, names, "sorted")))


def _set_index(reader: Reader, made: Call) -> Value:
    names = string_items(made.get(0, "keys")) or []
    indexed = made.base.marked(*_dated(made, names, "indexed"))
    return targets.inplace(reader, made, frames.drop(indexed, names))


def _resample_time(reader: Reader, made: Call) -> Value:
    del reader
    return replace(made.base, sort="window", marks=made.base.marks | {"lagged", "shifted"})


def _sample(reader: Reader, made: Call) -> Value:
    seed = made.kwargs.get("random_state", made.kwargs.get("seed"))
    if seed is None:
        reader.trace.draws[(made.place, "sample")] = "split"
    found = made.base
    if made.says("replace", True) or made.says("with_replacement", True):
        found = found.tainted(
            made.taint(
                "resampled",
                "sample(replace=True)",
                found.regions,
            )
        ).marked("drawn")
    whole = made.kwargs.get("frac", made.kwargs.get("fraction", UNKNOWN)).const == 1
    found = replace(
        found,
        marks=frozenset(one for one in found.marks if not one.startswith(("sorted:", "indexed:")))
        | {"shuffled"},
    )
    return found if whole else found.marked("subset", "drawn")


METHODS: dict[str, Callable[[Reader, Call], Value]] = {
    "shift": _shift,
    **dict.fromkeys(("rolling", "ewm", "expanding"), _rolling),
    **dict.fromkeys(("diff", "pct_change"), _difference),
    **dict.fromkeys(("fillna", "fill_null"), _fillna),
    **dict.fromkeys(("bfill", "interpolate"), _backwards),
    **dict.fromkeys(("sort_values", "sort"), _sort_values),
    "set_index": _set_index,
    "resample": _resample_time,
    "sample": _sample,
}
