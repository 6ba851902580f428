"""Methods of tables: selecting, changing, joining, naming and storing columns."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import (
    calls,
    dividing,
    filling,
    frames,
    functions,
    joining,
    ordered,
    polars,
    selecting,
    targets,
)
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import UNKNOWN, Taint, Thing, Value, join, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

Method = Callable[["Reader", Call], Value]
_PART = re.compile(r"`?\w+`?\s*(==|!=)\s*['\"](\w+)['\"]")
_SAME_TABLE = (
    "copy", "dropna", "astype", "query", "set_axis",
    "infer_objects", "convert_dtypes", "replace", "pipe_same", "ffill", "round", "abs",
    "sort_index", "transpose", "clip_same", "to_numpy", "ravel", "flatten", "squeeze", "tolist",
    "map_partitions", "collect", "to_pandas", "toarray", "todense", "numpy", "float", "long",
    "to", "cuda", "cpu", "detach", "clone", "unsqueeze",
)  # fmt: skip


def same(reader: Reader, made: Call) -> Value:
    """A method that leaves rows and columns what they are."""
    if made.name == "query" and made.args and isinstance(made.args[0].const, str):
        return _queried(reader, made, made.args[0].const)
    return made.base


def _deduplicated(reader: Reader, made: Call) -> Value:
    """One row is left of each entity by which the table was freed of duplicates."""
    del reader
    names = string_items(made.get(0, "subset")) or []
    return made.base.marked(*(f"deduplicated:{one}" for one in names[:1] if len(names) == 1))


def _duplicated(reader: Reader, made: Call) -> Value:
    """``df["id"].duplicated()`` looks whether anybody has a second row."""
    names = string_items(made.get(0, "subset")) or []
    column = frames.select(made.base, names) if names else made.base
    dividing.note_alone(reader, column)
    return made.base.marked("mask")


def _end(reader: Reader, made: Call) -> Value:
    """``head(cut)`` and ``tail(n - cut)`` cut as slices do; a few lines are only looked at."""
    bounds = made.node.args
    if not bounds or any(isinstance(one, ast.Starred) for one in bounds):
        return made.base
    if made.name == "slice" and len(bounds) > 1:
        lower, upper = bounds[:2]
        if not isinstance(lower, ast.Constant) or lower.value != 0:
            return made.base.marked("subset")
        cut = ast.Slice(None, upper)
    else:
        lower = bounds[0]
        cut = ast.Slice(None, lower) if made.name in {"head", "limit"} else ast.Slice(lower, None)
    if isinstance(lower, ast.Constant) and made.name != "slice":
        return made.base
    ast.copy_location(cut, made.node)
    key = made.args[0]
    found = frames.rows(made.base, cut, replace(key, sort="unknown"))
    dividing.note(reader, cut, made.base, UNKNOWN, found)
    return found


def _halves(reader: Reader, made: Call) -> Value:
    """``dataset.train_test_split(...)`` of Hugging Face gives its parts by name."""
    args = (made.base,)
    seed = {"random_state": made.kwargs["seed"]} if "seed" in made.kwargs else {}
    parts = calls.FUNCTIONS["train_test_split"](reader, replace(made, args=args, kwargs=seed))
    return Value("dict", thing=Thing(fields=dict(zip(("train", "test"), parts.items, strict=True))))


def _reindexed(reader: Reader, made: Call) -> Value:
    """``series.reindex(when - week)``: values looked up by labels are those of other rows."""
    del reader
    if not made.args:
        return made.base
    kept = frozenset(one for one in made.base.taints if one.kind not in {"window", "derived"})
    return replace(made.base, uses=frozenset(), taints=kept)


def _queried(reader: Reader, made: Call, text: str) -> Value:
    """``table.query("part == 'train'")`` chooses as a mask does."""
    found = _PART.fullmatch(text.strip())
    marks = frames.part_mark([found[2]], others=found[1] == "!=") if found else frozenset[str]()
    try:
        mask = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        mask = made.node
    side = dividing.side_of(mask) if mask is not made.node else frozenset[str]()
    key = Value(marks=marks | {"mask"} | side)
    return dividing.sided(reader, mask, made.base, key, frames.rows(made.base, made.node, key))


def _drop(reader: Reader, made: Call) -> Value:
    axis = made.kwargs.get("axis", made.args[1] if len(made.args) > 1 else UNKNOWN).const
    key = made.kwargs.get("columns", made.get(0, "labels", "index"))
    names = string_items(key)
    if names and "polars" in reader.trace.hints and "axis" not in made.kwargs:
        return frames.drop(made.base, [n for one in made.args for n in string_items(one) or []])
    by_row = "index" in made.kwargs or axis not in {1, "columns"}
    if "columns" not in made.kwargs and by_row:
        dividing.note_rest(reader, made.node, made.base, key)
        marks = {dividing.CHANCE} if "shuffled" in key.marks else set()
        return targets.inplace(reader, made, made.base.marked("subset", "filtered", *marks))
    if names is None:
        return targets.inplace(reader, made, replace(made.base, whole=False))
    return targets.inplace(reader, made, frames.drop(made.base, names))


def _pop(reader: Reader, made: Call) -> Value:
    names = string_items(made.get(0))
    rest = frames.drop(made.base, names) if names else replace(made.base, whole=False)
    if isinstance(made.node.func, ast.Attribute) and isinstance(made.node.func.value, ast.Name):
        reader.scope[made.node.func.value.id] = rest
    return frames.select(made.base, names) if names else rest


def _where(reader: Reader, made: Call) -> Value:
    del reader
    return filling.chosen_where(made) or made.base


def _clip(reader: Reader, made: Call) -> Value:
    stats = [one for value in made.everything for one in value.flat() if one.sort == "stat"]
    if not stats:
        return made.base
    del reader
    return made.base.tainted(made.taint("scaling", "clip at quantiles", join(stats).regions))


def remember(reader: Reader, made: Call, marks: set[str]) -> None:
    """What a program does with a table says something about the table."""
    if isinstance(made.node.func, ast.Attribute):
        holder = made.node.func.value
        while isinstance(holder, (ast.Subscript, ast.Attribute, ast.Call)):
            holder = holder.func if isinstance(holder, ast.Call) else holder.value
        if isinstance(holder, ast.Name) and holder.id in reader.scope:
            found = reader.scope[holder.id]
            reader.scope[holder.id] = replace(found, marks=found.marks | marks)


def _apply(reader: Reader, made: Call) -> Value:
    scaled = filling.scaled_by(made)
    if scaled.sort == "data":
        return scaled
    function = next((one for one in made.everything if one.sort == "function"), None)
    across = made.kwargs.get("axis", UNKNOWN).const in {1, "columns"}
    if function is None or function.thing is None or across:
        return replace(made.base, taints=made.base.taints | join(made.everything).taints)
    result = reader.call_function(function.thing, (made.base, *made.args[1:]), {})
    return (
        result
        if result.sort == "data"
        else replace(
            made.base, taints=made.base.taints | (result.taints if result.sort == "stat" else set())
        )
    )


def _map(reader: Reader, made: Call) -> Value:
    del reader
    given = join(made.everything)
    uses = frozenset() if given.taints else made.base.uses
    whole = not made.base.uses and made.base.kept is None
    if whole and any(one.sort == "function" for one in made.args):
        mark = f"{targets.REWRITTEN}{made.place.file}:{made.node.lineno}"
        return made.base.marked(mark)  # a table of Hugging Face, row by row
    return replace(made.base, taints=made.base.taints | given.taints, uses=uses)


def _assign(reader: Reader, made: Call) -> Value:
    found = made.base
    for name, value in made.kwargs.items():
        given = value
        if value.sort == "function" and value.thing is not None:
            given = reader.call_function(value.thing, (found,), {})
        found = targets.set_column(reader, made.node, found, [name], given)
    return found


def _called(reader: Reader, made: Call) -> Value:
    """``rename("rate")``, ``to_frame("rate")``, ``reset_index(name="rate")`` name a statistic."""
    del reader
    name = made.get(0 if made.name != "reset_index" else -1, "name", "index").const
    if not isinstance(name, str):
        return _renamed(made)
    return replace(made.base, taints=frozenset(_titled(made.base.taints, name)))


def _renamed(made: Call) -> Value:
    """``rename(columns={"y": "rate"})`` carries what is known of a column to its new name."""
    given = made.kwargs.get("columns", UNKNOWN)
    names = {} if given.thing is None else given.thing.fields
    new = {old: one.const for old, one in names.items() if isinstance(one.const, str)}
    taints = {
        replace(one, column=str(new.get(one.column or one.of, one.column)))
        if one.kind == "group"
        else replace(one, column=str(new.get(one.column, one.column)))
        for one in made.base.taints
    }
    marks = {f"{joining.RENAMED}{made.node.lineno}:{made.node.col_offset}"} if new else set()
    return replace(made.base, taints=frozenset(taints)).marked(*marks)


def _titled(taints: Iterable[Taint], name: str) -> Iterator[Taint]:
    for one in taints:
        yield replace(one, column=name) if one.kind == "group" and not one.column else one


def _table_merge(reader: Reader, made: Call) -> Value:
    other = made.get(0, "right", "other")
    del reader
    named = {_titled_by_itself(one) for one in other.taints}
    return replace(
        made.base,
        taints=made.base.taints | named,
        marks=made.base.marks | other.marks,
        whole=False,
    )


def _titled_by_itself(one: Taint) -> Taint:
    """A joined statistic whose column has no known name goes by what it is."""
    unnamed = one.kind == "group" and not one.column
    return replace(one, column=one.what) if unnamed else one


def _select_dtypes(reader: Reader, made: Call) -> Value:
    """Which columns are left depends on their types: the target may be gone, or may not."""
    del reader
    return made.base.marked("typed")


def _store(reader: Reader, made: Call) -> Value:
    label = made.kwargs.get("index_label", UNKNOWN).const
    if isinstance(label, str):
        reader.trace.labels.add(label)
    name = calls.FUNCTIONS["join"](
        reader,
        replace(made, args=tuple(one for one in made.args if isinstance(one.const, str))),
    ).const
    table = replace(made.base, marks=made.base.marks - {"subset"})
    if isinstance(name, str):
        reader.trace.files[name.rsplit("/", 1)[-1]] = table
    else:
        reader.trace.handed[reader.unit.file] = table
    return UNKNOWN


def _isin(reader: Reader, made: Call) -> Value:
    del reader
    other = join(made.everything)
    said = {mark for mark in other.marks if mark.startswith("role:")}
    words = string_items(made.get(0, "values", "other"))
    if words and made.name in {"isin", "eq", "ne"}:
        said |= frames.part_mark(words, others=made.name == "ne")
    inverse = {"notna": "isna", "notnull": "isnull", "is_not_null": "is_null"}.get(made.name)
    said |= dividing.side_of(made.node)
    if inverse and isinstance(made.node.func, ast.Attribute):
        text = ast.unparse(made.node).replace(f".{made.name}(", f".{inverse}(")
        said = {one for one in said if not one.startswith(dividing.SIDE)}
        said.add(f"{dividing.SIDE}out|{text}")
    return replace(made.base, marks=made.base.marks | {"mask"} | said, taints=made.base.taints)


def _stat(reader: Reader, made: Call) -> Value:
    return functions.column_stat(reader, made)


def _pipe(reader: Reader, made: Call) -> Value:
    function = made.get(0)
    if function.sort == "function" and function.thing is not None:
        return reader.call_function(function.thing, (made.base, *made.args[1:]), made.kwargs)
    return made.base


def _value_counts(reader: Reader, made: Call) -> Value:
    if made.name == "unique" and made.everything:  # polars' way to drop duplicates
        return _deduplicated(reader, made)
    if made.name in {"nunique", "value_counts"}:
        dividing.note_counted(reader, made.base)
    return UNKNOWN


def _astype(reader: Reader, made: Call) -> Value:
    del reader
    dated = made.args and str(made.args[0].const).startswith("datetime")
    return made.base.marked(*(f"dated:{one}" for one in made.base.uses)) if dated else made.base


TABLE: dict[str, Method] = {
    **ordered.METHODS,
    **dict.fromkeys(_SAME_TABLE, same),
    **dict.fromkeys(
        ("mean", "std", "var", "median", "min", "max", "quantile", "mode", "sum", "skew", "ptp"),
        _stat,
    ),
    **dict.fromkeys(
        (
            "isin",
            "is_in",
            "between",
            "is_between",
            "isna",
            "notna",
            "isnull",
            "notnull",
            "is_null",
            "is_not_null",
            "eq",
            "ne",
            "contains",
            "startswith",
            "endswith",
        ),
        _isin,
    ),
    **dict.fromkeys(
        ("to_csv", "to_parquet", "to_pickle", "to_feather", "to_excel", "to_json"), _store
    ),
    **dict.fromkeys(
        ("value_counts", "nunique", "unique", "describe", "info", "plot", "hist"), _value_counts
    ),
    **dict.fromkeys(("rename", "to_frame", "reset_index"), _called),
    **dict.fromkeys(("head", "tail", "limit", "slice"), _end),
    "reindex": _reindexed,
    "duplicated": _duplicated,
    "drop_duplicates": _deduplicated,
    "train_test_split": _halves,
    "drop": _drop,
    "pop": _pop,
    "clip": _clip,
    "where": _where,
    "mask": _where,
    "apply": _apply,
    "transform": _apply,
    "agg": _apply,
    "map": _map,
    "assign": _assign,
    "merge": _table_merge,
    "join": _table_merge,
    "select_dtypes": _select_dtypes,
    "pipe": _pipe,
    "astype": _astype,
    "repeat": joining.repeat,
    "filter": polars.filtered,
    "with_columns": polars.with_columns,
    "select": polars.select,
    "alias": polars.alias,
    "over": polars.over,
    **dict.fromkeys(
        ("rolling_mean", "rolling_sum", "rolling_max", "rolling_min", "rolling_std", "ewm_mean"),
        polars.rolled,
    ),
    "corr": selecting.relation,
    "corrwith": selecting.relation,
}
