"""Functions of the libraries that split, resample, join and change tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import (
    calls,
    chance,
    estimators,
    filling,
    fitting,
    folders,
    known,
    polars,
    selecting,
    stored,
)
from journeyman.audit.code.calls import FUNCTIONS, Call
from journeyman.audit.code.trace import Split
from journeyman.audit.code.values import UNKNOWN, Thing, Value, join, role

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


def _train_test_split(reader: Reader, made: Call) -> Value:
    tables = list(made.args) or [made.kwargs.get("X", UNKNOWN)]
    shuffled = not made.says("shuffle", False)
    seed = made.kwargs.get("random_state")
    given = (seed is not None and not (seed.sort == "const" and seed.const is None)) or (
        "**" in made.kwargs
    )
    if seed is not None:
        reader.trace.used(seed.loops, "seed")
    if shuffled and not given:
        reader.trace.draws[(made.place, "train_test_split")] = "split"
    x = tables[0]
    y = tables[1] if len(tables) > 1 else UNKNOWN
    estimators.note_split(
        reader, made, Split(made.place, "random" if shuffled else "sliced", x, y, given)
    )
    loops = seed.loops if seed is not None else frozenset[str]()
    line = f"{made.place.cell or ''}.{made.node.lineno}"
    found: list[Value] = []
    for table in tables:
        inner = role_of_parent(table)
        for part in ("train", "valid" if inner == "train" else "test"):
            if table.sort == "unknown":  # positions or labels of rows, not the rows themselves
                found.append(Value("index", const=f"split@{line}:{part}", loops=loops))
                continue
            rows = estimators.split_rows(table, f"split@{line}:{part}")
            found.append(replace(rows, loops=rows.loops | loops))
    return Value("tuple", items=tuple(found))


def role_of_parent(table: Value) -> str:
    """``train`` where a table already is the training part of another split."""
    split = [one for one in table.regions if "/" in one]
    return "train" if split and all(role(one) == "train" for one in split) else ""


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
    appended = folders.filled(made)
    if appended is not None:
        return appended
    beside = made.kwargs.get("axis", made.get(1)).const in {1, "columns", -1}
    if beside or made.name in {"hstack", "column_stack", "c_"} or not parts:
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
    del reader
    return replace(table, marks=table.marks - {"altered", "drawn", "filtered", "subset", "mask"})


def _copies(parts: list[Value]) -> str:
    if any("altered" in one.marks for one in parts) and _overlap(parts):
        return "augmented"
    whole = [one for one in parts if not one.marks & {"filtered", "subset", "drawn"}]
    if whole and _overlap(parts):
        rewritten = {"rewritten" in one.marks for one in parts}
        altered = any("altered" in one.marks for one in parts) or len(rewritten) > 1
        return "augmented" if altered else "resampled"
    return ""


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


def _choose(reader: Reader, made: Call) -> Value:
    if any(one.sort in {"score", "curve"} for value in made.args for one in value.flat()):
        reader.choose(made.node, join(made.args))
        return replace(join(made.args), marks=join(made.args).marks | {"chosen"})
    key = made.kwargs.get("key", UNKNOWN)
    if key.sort == "function" and key.thing is not None:
        return _choose_by(reader, made, key.thing)
    return column_stat(reader, made)


def _choose_by(reader: Reader, made: Call, measure: Thing) -> Value:
    """``min(cuts, key=cost)``: each candidate is measured, the best is taken."""
    best = UNKNOWN

    def body(candidate: Value) -> None:
        nonlocal best
        result = reader.call_function(measure, (candidate,), {})
        reader.choose(made.node, result)
        best = replace(candidate, loops=candidate.loops | result.loops)

    reader.in_loop(made.node, made.get(0), body)
    return best


def _sorted(reader: Reader, made: Call) -> Value:
    del reader
    found = made.get(0)
    return replace(found, marks=found.marks | {"sorted"})


def column_stat(reader: Reader, made: Call) -> Value:
    """``np.mean`` and its kin: statistics of columns, or the mean of matches or scores."""
    from journeyman.audit.code import expressions  # noqa: PLC0415 - each needs the other

    x = made.get(0, "a") if made.base.sort in {"unknown", "callable"} else made.base
    across = _within_rows(made.kwargs.get("axis", UNKNOWN))
    if x.sort == "match":
        return expressions.note_match(reader, made.node, x)
    if made.name in {"mean", "std", "median", "average", "nanmean", "nanstd"}:
        for one in x.flat():
            if one.sort == "score":
                reader.trace.averaged.add(replace(one, marks=frozenset()))
    if x.sort == "data":
        name = made.name if polars.EXPRESSION in x.marks else x.name
        stat = replace(x, sort="stat", name=name, uses=frozenset(), whole=False, kept=None)
        return x if across else stat
    found = join([x])
    return replace(found, marks=found.marks | {"averaged"}) if found.sort == "score" else found


def _within_rows(axis: Value) -> bool:
    """Whether an axis, or a tuple of them, leaves the rows what they are."""
    given = [one.const for one in axis.items] if axis.sort == "tuple" else [axis.const]
    return bool(given) and all(one == "columns" or _inner(one) for one in given)


def _inner(axis: object) -> bool:
    return isinstance(axis, int) and (axis > 0 or axis == -1)


def _arange(reader: Reader, made: Call) -> Value:
    del reader
    found = join(made.everything)
    return Value("unknown", name="range", loops=found.loops)


def _count(reader: Reader, made: Call) -> Value:
    """``len(x)`` is a number, not rows."""
    del reader
    return Value(loops=join(made.args).loops)


def _zip(reader: Reader, made: Call) -> Value:
    del reader
    return Value("list", "zip", items=made.args)


def _enumerate(reader: Reader, made: Call) -> Value:
    """Pairs of a count and an item."""
    del reader
    from journeyman.audit.code.frames import element  # noqa: PLC0415 - each needs the other

    item = element(made.get(0), "")
    item = replace(item, loops=item.loops - {""})
    return Value("list", "zip", items=(UNKNOWN, Value("list", thing=Thing(items=[item]))))


def _same(reader: Reader, made: Call) -> Value:
    del reader
    return made.get(0)


def _arrayed(reader: Reader, made: Call) -> Value:
    """A list of rows as a table; all else stays what it is."""
    return folders.filled(made) or _same(reader, made)


def _where(reader: Reader, made: Call) -> Value:
    return filling.chosen_where(made) or calls.fallback(reader, made)


def _clone(reader: Reader, made: Call) -> Value:
    del reader
    given = made.get(0)
    if given.thing is None:
        return given
    fresh = Thing(
        given.thing.name,
        dict(given.thing.fields),
        list(given.thing.items),
        definition=given.thing.definition,
        line=given.thing.line,
    )
    fresh.items.append(Value(loops=given.loops))
    return replace(given, thing=fresh)


def _to_datetime(reader: Reader, made: Call) -> Value:
    del reader
    x = made.get(0)
    return replace(x, marks=x.marks | {f"dated:{one}" for one in x.uses})


def _scaled(reader: Reader, made: Call) -> Value:
    del reader
    x = made.get(0)
    across = made.kwargs.get("axis", UNKNOWN).const == 1
    taint = made.taint("scaling", made.name, x.regions)
    return x if x.sort != "data" or across else x.tainted(taint)


def _merge(reader: Reader, made: Call) -> Value:
    del reader
    left, right = made.get(0, "left"), made.get(1, "right")
    return replace(left, taints=left.taints | right.taints, marks=left.marks | right.marks)


def _altered(reader: Reader, made: Call) -> Value:
    del reader
    x = next((one for one in made.args if one.sort == "data"), join(made.everything))
    return x.marked("altered")


def _one_hot(reader: Reader, made: Call) -> Value:
    del reader
    return made.get(0, "data")


def _random_split(reader: Reader, made: Call) -> Value:
    """``torch.utils.data.random_split``."""
    x = made.get(0, "dataset")
    if x.sort == "object" and x.thing is not None:  # a data set of one's own holds its rows
        held = [*x.thing.items, *x.thing.fields.values()]
        rows = [one for one in held if one.sort == "data"]
        x = join(rows, "data") if rows else x
    if "generator" not in made.kwargs:
        reader.trace.draws[(made.place, "random_split")] = "split"
    estimators.note_split(reader, made, Split(made.place, "random", x, UNKNOWN))
    sizes = list(made.get(1, "lengths").flat())[1:]
    names = ("train", "valid", "test") if len(sizes) == 3 else ("train", "test")
    line = f"{made.place.cell or ''}.{made.node.lineno}"
    return Value(
        "tuple", items=tuple(estimators.split_rows(x, f"split@{line}:{one}") for one in names)
    )


_JOINING = (
    "concat", "concatenate", "vstack", "hstack", "stack", "cat", "column_stack", "append",
    "row_stack",
)  # fmt: skip
_CONVERTING = (
    "list", "tuple", "reversed", "tqdm", "float", "round", "from_numpy", "ravel", "squeeze",
    "log1p", "DataLoader",
)  # fmt: skip

_MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    "train_test_split": _train_test_split,
    "resample": _resample,
    **dict.fromkeys(
        (
            "concat",
            "concatenate",
            "vstack",
            "hstack",
            "stack",
            "cat",
            "column_stack",
            "append",
            "row_stack",
        ),
        _concat,
    ),
    **dict.fromkeys(
        (
            "list",
            "tuple",
            "reversed",
            "tqdm",
            "float",
            "round",
            "from_numpy",
            "ravel",
            "squeeze",
            "log1p",
            "DataLoader",
        ),
        _same,
    ),
    **dict.fromkeys(("deepcopy", "copy", "clone"), _clone),
    **dict.fromkeys(("range", "linspace", "arange"), _arange),
    **dict.fromkeys(("TensorDataset", "DMatrix", "Dataset"), calls.fallback),
    "repeat": repeat,
    "tile": repeat,
    "sorted": _sorted,
    "zip": _zip,
    "enumerate": _enumerate,
    "col": polars.column,
    "len": _count,
    **dict.fromkeys(("array", "asarray", "DataFrame", "Series", "tensor", "as_tensor"), _arrayed),
    "to_datetime": _to_datetime,
    "merge": _merge,
    "get_dummies": _one_hot,
    "merge_asof": _merge,
    "random_split": _random_split,
    "sum": column_stat,
    "nansum": column_stat,
    **dict.fromkeys(known.COLUMN_STATS, column_stat),
    **dict.fromkeys(known.CHOOSERS, _choose),
    **dict.fromkeys(known.SCALING_FUNCTIONS, _scaled),
    **dict.fromkeys(known.FLIPS, _altered),
    "where": _where,
    **dict.fromkeys(
        ("f_classif", "f_regression", "chi2", "mutual_info_classif", "mutual_info_regression"),
        selecting.scored_columns,
    ),
}


def install() -> None:
    """Fill the table that calls look functions up in."""
    FUNCTIONS.update(_MEANINGS)
    for meanings in (fitting.MEANINGS, chance.MEANINGS, stored.MEANINGS):
        FUNCTIONS.update(meanings)
