"""Methods of estimators, splitters, lists and scores, and where those of tables are found."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import (
    calls,
    estimators,
    expressions,
    fitting,
    folders,
    known,
    polars,
    selecting,
)
from journeyman.audit.code.calls import Call
from journeyman.audit.code.groups import GROUPED, WINDOW, groupby, pivot
from journeyman.audit.code.tables import TABLE
from journeyman.audit.code.trace import Loop, Split
from journeyman.audit.code.values import (
    PAIRS,
    UNKNOWN,
    Taint,
    Thing,
    Value,
    const,
    join,
    string_items,
)

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

Method = Callable[["Reader", Call], Value]


def method(reader: Reader, made: Call) -> Value:
    """A method call on whatever its receiver is."""
    base = made.base
    table: dict[str, dict[str, Method]] = {
        "data": {**TABLE, "groupby": groupby, "group_by": groupby, "pivot_table": pivot},
        "model": _MODEL,
        "splitter": _SPLITTER,
        "grouped": GROUPED,
        "window": WINDOW,
        "list": _LIST,
        "dict": _DICT,
        "match": _MATCH,
        "columns": _COLUMNS,
        "stat": _STAT,
    }
    if base.sort in {"list", "dict"} and _on_scores(made):
        return _of_score(reader, replace(made, base=join([base])))
    if made.name == "fit" and base.name.endswith("Trainer") and base.thing is not None:
        return fitting.trained(reader, made)
    if made.name == "backward":
        reader.trace.draws.setdefault((made.place, "training of a network"), "network")
    act = table.get(base.sort, {}).get(made.name) or _general(made)
    return act(reader, made)


def _general(made: Call) -> Method:
    """What a method means whose receiver's kind has no meaning of its own for it."""
    if made.base.sort in {"score", "curve"}:
        return _of_score
    if made.name in folders.LISTINGS and made.base.sort in {"const", "unknown", "data"}:
        return folders.listing
    if isinstance(made.base.const, str) and made.name in {"read_text", "open", "read_bytes"}:
        return _list_same
    if made.name in known.MINIMISERS:
        return calls.FUNCTIONS[made.name]
    return _of_unknown if made.base.sort == "unknown" else calls.fallback


_OF_TABLES = frozenset({"mean", "std", "median", "sort_values", "nlargest", "nsmallest"})


def _on_scores(made: Call) -> bool:
    """Whether a list or a table made of scores is searched, averaged or put in order."""
    known_here = made.name in known.CHOOSERS or made.name in _OF_TABLES
    return known_here and any(one.sort == "score" for one in made.base.flat())


def _of_unknown(reader: Reader, made: Call) -> Value:
    if "generator" in made.base.marks and made.name in {
        "permutation",
        "choice",
        "shuffle",
        "permuted",
    }:
        return calls.FUNCTIONS["permutation"](reader, made)
    if made.name in known.NOISES and "generator" in made.base.marks:
        return Value("unknown", loops=made.base.loops, marks=frozenset({"noise"}))
    if made.name == "repeat":
        return made.base.marked("repeated")
    if made.name.startswith("suggest_"):
        return replace(made.base, sort="unknown")
    if made.name in {"item", "cpu", "numpy"}:
        return made.base
    return calls.fallback(reader, made)


def _of_score(reader: Reader, made: Call) -> Value:
    if made.name in known.CHOOSERS:
        reader.choose(made.node, made.base)
        return made.base
    if made.name in {"mean", "std", "median", "agg", "describe"}:
        reader.trace.averaged.add(replace(made.base, marks=frozenset()))
        return made.base.marked("averaged")
    if made.name in {"sort_values", "nlargest"}:
        return made.base.marked("sorted")
    if made.name in {"head", "tail"} and "sorted" in made.base.marks:
        reader.choose(made.node, made.base)
    return replace(made.base, items=())


def _fit_transform(reader: Reader, made: Call) -> Value:
    estimators.fit(reader, made)
    return estimators.transform(reader, made)


def _fit_predict(reader: Reader, made: Call) -> Value:
    estimators.fit(reader, made)
    return estimators.predict(reader, made)


def _fit_resample(reader: Reader, made: Call) -> Value:
    x, y = made.get(0, "X"), made.get(1, "y")
    name = made.base.thing.name if made.base.thing else "fit_resample"
    taint = Taint("resampled", name, reader.unit.file, made.node.lineno, x.regions | y.regions)
    return Value("tuple", items=(x.tainted(taint), y.tainted(taint)))


def _partial_fit(reader: Reader, made: Call) -> Value:
    reader.trace.used(frozenset(reader.active[-1:]), "epoch")
    return estimators.fit(reader, made)


def _score(reader: Reader, made: Call) -> Value:
    x, y = made.get(0, "X"), made.get(1, "y")
    predicted = estimators.predict(reader, replace(made, args=(x,)))
    metric = "accuracy" if estimators.classifies(made.base) else "score"
    return calls.score(reader, made, metric, y, predicted)


def _set_params(reader: Reader, made: Call) -> Value:
    if made.base.thing is not None:
        made.base.thing.items.append(join(made.everything))
        for value in made.kwargs.values():
            reader.trace.used(value.loops, "param")
    return made.base


def _network(reader: Reader, made: Call) -> Value:
    del reader
    return made.base


def _split(reader: Reader, made: Call) -> Value:
    """``KFold().split(X)``: positions of the two sides, fold by fold."""
    x = made.get(0, "X")
    y = made.get(1, "y")
    how = fitting.splitter_kind(made.base)
    groups = fitting.named_groups(made)
    event = Split(made.place, how, x, y, name=made.base.name, cross=True, groups=groups)
    estimators.note_split(reader, made, event)
    single = made.base.name.endswith("ShuffleSplit") and _once(made.base)
    last = "test" if single else "fold"
    name = f"cv@{made.place.cell or ''}.{made.node.lineno}"
    loops = fitting.cv_loops(made.base)
    loop = f"folds@{made.place}"
    reader.trace.loops.setdefault(loop, Loop(made.node.lineno, {"fold"}))
    return Value(
        "list",
        items=(
            Value(
                "tuple",
                items=(
                    Value("index", const=f"{name}:train", loops=loops),
                    Value("index", const=f"{name}:{last}", loops=loops),
                ),
            ),
        ),
    )


def _once(splitter: Value) -> bool:
    if splitter.thing is None:
        return False
    first = splitter.thing.items[0] if splitter.thing.items else UNKNOWN
    return bool(splitter.thing.fields.get("=n_splits", first).const == 1)


def _append(reader: Reader, made: Call) -> Value:
    if made.base.thing is not None:
        values = [one.marked("appended") for one in made.args if one is not made.base]
        room = 12 - len(made.base.thing.items)
        made.base.thing.items += values[: max(room, 1)] if room > 0 else []
    del reader
    return UNKNOWN


def _items(reader: Reader, made: Call) -> Value:
    del reader
    thing = made.base.thing
    if thing is None:
        return made.base
    values = [*thing.fields.values(), *thing.items]
    if made.name == "values":
        return Value("list", thing=Thing(items=values))
    if thing.fields and not thing.items:
        named = (Value("tuple", items=(const(key), one)) for key, one in thing.fields.items())
        return Value("list", PAIRS, items=tuple(named))
    pairs = [Value("tuple", items=(UNKNOWN, one)) for one in values]
    return Value("list", thing=Thing(items=pairs))


def _get(reader: Reader, made: Call) -> Value:
    del reader
    return join([made.base])


def _match_mean(reader: Reader, made: Call) -> Value:
    return expressions.note_match(reader, made.node, made.base)


def _columns_drop(reader: Reader, made: Call) -> Value:
    del reader
    names = string_items(made.get(0))
    if names is None:
        return Value("columns", const=("some", frozenset()))
    before = made.base.const[1] if isinstance(made.base.const, tuple) else frozenset()
    return Value("columns", const=("except", before | set(names)))


def _stat_same(reader: Reader, made: Call) -> Value:
    del reader
    return made.base


def _list_sorted(reader: Reader, made: Call) -> Value:
    """``rows.sort()`` puts the list itself in order."""
    holder = made.node.func.value if isinstance(made.node.func, ast.Attribute) else None
    if isinstance(holder, ast.Name):
        reader.scope[holder.id] = made.base.marked("sorted")
    return UNKNOWN


def _list_same(reader: Reader, made: Call) -> Value:
    del reader
    return made.base


_MODEL: dict[str, Method] = {
    "fit": estimators.fit,
    "adapt": estimators.fit,
    "fit_transform": _fit_transform,
    "fit_predict": _fit_predict,
    "fit_resample": _fit_resample,
    "fit_sample": _fit_resample,
    "partial_fit": _partial_fit,
    "transform": estimators.transform,
    "predict": estimators.predict,
    "predict_proba": estimators.predict,
    "test": estimators.predict,
    "decision_function": estimators.predict,
    "predict_log_proba": estimators.predict,
    "staged_predict": estimators.predict,
    "forecast": estimators.predict,
    "inverse_transform": estimators.transform,
    "score": _score,
    "evaluate": _score,
    "set_params": _set_params,
    "to": _network,
    "eval": _network,
    "train": _network,
    "set_output": _network,
    "skb": _network,
    "get_support": selecting.names_out,
    "get_feature_names_out": selecting.names_out,
}

_SPLITTER: dict[str, Method] = {"split": _split}

_LIST: dict[str, Method] = {
    "append": _append,
    "extend": _append,
    "add": _append,
    "insert": _append,
    "copy": _list_same,
    "sort": _list_sorted,
}

_DICT: dict[str, Method] = {
    "items": _items,
    "values": _items,
    "keys": _get,
    "get": _get,
    "update": _append,
    "setdefault": _append,
    **dict.fromkeys(
        ("map", "filter", "remove_columns", "rename_column", "with_format", "set_format"),
        _list_same,
    ),
}

_MATCH: dict[str, Method] = {
    "mean": _match_mean,
    "sum": _match_mean,
    "astype": _list_same,
    "float": _list_same,
}

_COLUMNS: dict[str, Method] = {
    "drop": _columns_drop,
    "difference": _columns_drop,
    "tolist": _list_same,
    "to_list": _list_same,
}

_STAT: dict[str, Method] = {
    "to_dict": _stat_same,
    "iloc": _stat_same,
    "alias": polars.alias,
    "over": polars.over,
}
