"""Tables made of others: joined, drawn again, put below each other, or built from columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import calls, folders, known, polars, targets
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import BETWEEN, LABELLED, PIECE, UNKNOWN, Value, join

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

RENAMED = "renamed@"
"""Begins the mark of a table whose columns were given other names, and where."""


def _resample(reader: Reader, made: Call) -> Value:
    """``sklearn.utils.resample``: with replacement unless told otherwise."""
    x = made.get(0)
    if made.says("replace", False):
        return fallback_tuple(made, x)
    taint = made.taint("resampled", "resample", x.regions)
    if "random_state" not in made.kwargs:
        reader.trace.draws[(made.place, "resample")] = "model"
    data = [one for one in made.args if one.sort == "data"]
    found = tuple(one.tainted(taint).marked("drawn") for one in data)
    return found[0] if len(found) == 1 else Value("tuple", items=found)


def fallback_tuple(made: Call, x: Value) -> Value:
    """The same number of tables as were given."""
    data = tuple(one for one in made.args if one.sort == "data")
    return x if len(data) == 1 else Value("tuple", items=data)


def _concat(reader: Reader, made: Call) -> Value:
    """Rows put below each other; copies of the same rows are resampling or augmentation."""
    parts = [
        one
        for one in made.get(0, "objs", "arrays", "tup").flat()
        if one.sort == "data" and one.thing is None
    ]
    appended = folders.filled(made, reader.active)
    if appended is not None:
        return appended
    beside = made.kwargs.get("axis", made.get(1)).const in {1, "columns", -1}
    if beside or made.name in {"hstack", "column_stack"} or not parts:
        found = join([*parts, *made.everything])
        return replace(found, sort="data" if parts else found.sort, items=(), whole=False)
    found = join(parts)
    table = replace(
        parts[0],
        regions=found.regions,
        taints=found.taints,
        marks=found.marks,
        loops=found.loops,
        uses=found.uses,
    )
    kind = _copies(parts)
    if kind:
        taint = made.taint(kind, made.name, found.regions)
        table = table.tainted(taint)
    elif _thinned(parts):
        table = table.tainted(made.taint("evened", "a sample of the other class", found.regions))
    return replace(table, marks=table.marks - {"altered", "drawn", "filtered", "subset", "mask"})


def _copies(parts: list[Value]) -> str:
    if all(PIECE in one.marks for one in parts):
        return ""  # several things that are told of one row
    if len({frozenset(one for one in part.marks if one.startswith(RENAMED)) for part in parts}) > 1:
        return ""  # other columns of the same rows under the same names: a table made longer
    if any(BETWEEN in one.marks for one in parts) and _overlap(parts):
        return "resampled"
    if any("altered" in one.marks for one in parts) and _overlap(parts):
        return "augmented"
    whole = [one for one in parts if not one.marks & {"filtered", "subset", "drawn"}]
    if (whole or _alike(parts)) and _overlap(parts):
        rewritten = {
            frozenset(mark for mark in one.marks if mark.startswith(targets.REWRITTEN))
            for one in parts
        }
        altered = any("altered" in one.marks for one in parts) or len(rewritten) > 1
        return "augmented" if altered else "resampled"
    return ""


def _thinned(parts: list[Value]) -> bool:
    """Whether all rows of one kind stand beside a sample of another: classes made more equal."""
    whole = [one for one in parts if "filtered" in one.marks and "drawn" not in one.marks]
    sampled = [one for one in parts if {"filtered", "drawn"} <= one.marks]
    return bool(whole and sampled) and not _alike(parts)


def _alike(parts: list[Value]) -> bool:
    """Whether all parts were filtered in one and the same way."""
    how = {
        frozenset(one for one in part.marks if one.startswith(("filtered", "masked:", "subset")))
        for part in parts
    }
    return len(how) == 1 and not any("drawn" in one.marks for one in parts)


def _overlap(parts: list[Value]) -> bool:
    return any(
        first.regions & second.regions and first.uses == second.uses
        for at, first in enumerate(parts)
        for second in parts[at + 1 :]
    )


def repeat(reader: Reader, made: Call) -> Value:
    """``np.repeat`` and ``index.repeat``: rows several times."""
    x = made.get(0) if made.base.sort != "data" else made.base
    del reader
    if x.sort != "data":
        return join(made.everything).marked("repeated")
    taint = made.taint("resampled", made.name, x.regions)
    return x.tainted(taint)


def _labelled(reader: Reader, made: Call) -> Value:
    """``DMatrix(x, label=y)`` and its kin hold features and target together."""
    x, y = made.get(0, "data"), made.get(1, "label")
    if x.sort != "data" or y.sort != "data":
        return calls.fallback(reader, made)
    return Value("tuple", LABELLED, items=(x, y))


def _arrayed(reader: Reader, made: Call) -> Value:
    """A list of rows as a table; all else stays what it is."""
    name, values = made.get(0, "name").const, made.get(1, "values")
    if made.name == "Series" and isinstance(name, str) and values.sort in {"data", "stat"}:
        return polars.titled(replace(values, sort="data"), name)
    return folders.filled(made, reader.active) or made.get(0)


def _framed(reader: Reader, made: Call) -> Value:
    """``DataFrame({"a": values, ...})``: each column knows what it is made of."""
    given = made.get(0, "data")
    columns = given.thing.fields if given.sort == "dict" and given.thing is not None else {}
    rows = [one for one in columns.values() if one.sort == "data"]
    index = made.kwargs.get("index", UNKNOWN)
    if given.sort == "unknown" and index.regions:
        return Value("data", regions=index.regions, marks=index.marks, kept=frozenset())
    if given.sort == "dict" and given.thing is not None and given.thing.items and not rows:
        return replace(join(given.thing.items, "data"), whole=False)
    if not rows or given.thing is None:
        return _arrayed(reader, made)
    both = join(rows)
    gone = ("subset", "role:", "side:", "masked:", "mask", "future", "shifted", "centred")
    marks = frozenset(one for one in both.marks if not one.startswith(gone))
    table = Value("data", regions=both.regions, marks=marks, loops=both.loops, kept=frozenset())
    for name, value in columns.items():
        table = targets.set_column(reader, made.node, table, [name], value)
    return table if not given.thing.items else replace(table, kept=None)


def _merge(reader: Reader, made: Call) -> Value:
    del reader
    left, right = made.get(0, "left"), made.get(1, "right")
    return replace(left, taints=left.taints | right.taints, marks=left.marks | right.marks)


def _merge_nearest(reader: Reader, made: Call) -> Value:
    """``merge_asof``: towards ``nearest`` or ``forward`` it takes rows that come later."""
    found = _merge(reader, made)
    right, how = made.get(1, "right"), made.kwargs.get("direction", UNKNOWN).const
    if how not in {"nearest", "forward"}:
        return found
    what = f"merge_asof(direction={how!r})"
    return found.tainted(*(made.taint("future", what, right.regions, c) for c in right.kept or ()))


def _altered(reader: Reader, made: Call) -> Value:
    del reader
    x = next((one for one in made.args if one.sort == "data"), join(made.everything))
    return x.marked("altered")


_JOINING = (
    "concat", "concatenate", "vstack", "hstack", "stack", "cat", "column_stack", "append",
    "row_stack", "concatenate_datasets", "ConcatDataset",
)  # fmt: skip

MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    "resample": _resample,
    **dict.fromkeys(_JOINING, _concat),
    **dict.fromkeys(("DMatrix", "QuantileDMatrix", "Dataset", "Pool"), _labelled),
    **dict.fromkeys(("repeat", "tile"), repeat),
    **dict.fromkeys(("array", "asarray", "Series", "tensor", "as_tensor"), _arrayed),
    "DataFrame": _framed,
    "merge": _merge,
    "merge_asof": _merge_nearest,
    **dict.fromkeys(known.FLIPS, _altered),
}
