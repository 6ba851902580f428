"""Functions of the libraries and of Python that split rows, choose, count and change."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import (
    calls,
    chance,
    dividing,
    estimators,
    filling,
    fitting,
    folders,
    frames,
    joining,
    known,
    polars,
    selecting,
    stored,
)
from journeyman.audit.code.calls import FUNCTIONS, Call
from journeyman.audit.code.trace import Split
from journeyman.audit.code.values import PIECE, UNKNOWN, Thing, Value, join, role

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


MOST_ITEMS = 8
"""So many items of a ``reduce`` are followed."""


def _train_test_split(reader: Reader, made: Call) -> Value:
    tables = list(made.args) or [made.kwargs.get("X", UNKNOWN)]
    tables = [folders.filled_list(one, made, reader.active) or one for one in tables]
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
    inner = any(_of_training(one) for one in tables)
    for table in tables:
        for part in ("train", "valid" if inner else "test"):
            if table.sort in {"unknown", "index"}:  # positions or labels, not the rows themselves
                found.append(Value("index", const=f"split@{line}:{part}", loops=loops))
                continue
            rows = estimators.split_rows(table, f"split@{line}:{part}")
            found.append(replace(rows, loops=rows.loops | loops))
    return Value("tuple", items=tuple(found))


def role_of_parent(table: Value) -> str:
    """``train`` where a table already is the training part of another split."""
    split = [one for one in table.regions if "/" in one]
    return "train" if split and all(role(one) == "train" for one in split) else ""


def _of_training(table: Value) -> bool:
    """Whether rows, or positions of rows, are the training part of another split already."""
    said = str(table.const).endswith(":train") or "role:train" in table.marks
    return role_of_parent(table) == "train" or (table.sort == "index" and said)


def _choose(reader: Reader, made: Call) -> Value:
    key = made.kwargs.get("key", UNKNOWN)
    if key.sort == "function" and key.thing is not None:
        return _choose_by(reader, made, key.thing)
    if any(one.sort in {"score", "curve"} for value in made.args for one in value.flat()):
        reader.choose(made.node, join(made.args))
        return replace(join(made.args), marks=join(made.args).marks | {"chosen"})
    return column_stat(reader, made)


def _choose_by(reader: Reader, made: Call, measure: Thing) -> Value:
    """``min(cuts, key=cost)``: each candidate is measured, the best is taken."""
    best = UNKNOWN

    def body(candidate: Value) -> None:
        nonlocal best
        around, reader.candidates = reader.candidates, frozenset(reader.active[-1:])
        result = reader.call_function(measure, (candidate,), {})
        reader.candidates = around
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
    if x.sort == "data" and PIECE in x.marks:
        return replace(x, uses=frozenset(), kept=None, whole=False)  # a value of the row's own
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

    item = _outside(element(made.get(0), ""))
    return Value("list", "zip", items=(UNKNOWN, Value("list", thing=Thing(items=[item]))))


def _outside(item: Value) -> Value:
    """An item that no loop has taken yet, whatever it holds."""
    inner = tuple(_outside(one) for one in item.items)
    return replace(item, loops=item.loops - {""}, items=inner)


def _same(reader: Reader, made: Call) -> Value:
    del reader
    return made.get(0)


def _where(reader: Reader, made: Call) -> Value:
    return filling.chosen_where(made) or calls.fallback(reader, made)


def _text(reader: Reader, made: Call) -> Value:
    """``str(x)``: a part of a path, maybe."""
    found = calls.fallback(reader, made)
    return found.marked("text") if found.sort == "data" else found


def _in_order(reader: Reader, made: Call) -> Value:
    """``np.sort(positions)`` are the same positions."""
    x = made.get(0)
    if made.name == "unique" and x.sort == "data":
        dividing.note_counted(reader, x)
    return x if x.sort == "index" else calls.fallback(reader, made)


def _ranked(reader: Reader, made: Call) -> Value:
    """``np.argsort(scores)``: the order of columns by what rows say of them."""
    x = made.get(0, "a") if made.base.sort in {"unknown", "callable"} else made.base
    if x.sort != "stat":
        return calls.fallback(reader, made)
    return x.tainted(made.taint("selecting", "a ranking of columns", x.regions))


def _reduced(reader: Reader, made: Call) -> Value:
    """``reduce(step, items, start)``: the step done with one item after the other."""
    step, items = made.get(0), made.get(1)
    if step.sort != "function" or step.thing is None:
        return calls.fallback(reader, made)
    inner = items.items or tuple(items.thing.items if items.thing else ())
    result = made.get(2, "initial")
    for item in inner[:MOST_ITEMS] or (items,):
        result = reader.call_function(step.thing, (result, item), {})
    return result


def _next(reader: Reader, made: Call) -> Value:
    """The first of what a generator gives."""
    x = made.get(0)
    inner = x.items or tuple(x.thing.items if x.thing and x.sort == "list" else ())
    return inner[0] if inner and x.name != "zip" else calls.fallback(reader, made)


def _subset(reader: Reader, made: Call) -> Value:
    """``Subset(data, positions)`` of torch chooses rows as a key does."""
    x, key = made.get(0, "dataset"), made.get(1, "indices")
    rows = folders.held(x, made)
    if rows.sort != "data" or len(made.node.args) < 2:
        return calls.fallback(reader, made)
    found = frames.rows(rows, made.node.args[1], key)
    dividing.note(reader, made.node.args[1], rows, key, found)
    return found


def _named_fields(reader: Reader, made: Call) -> Value:
    """``dict(a=1, **more)``."""
    if made.args or not made.kwargs:
        return calls.fallback(reader, made)
    return Value("dict", thing=Thing(fields=dict(made.kwargs)))


def _default(reader: Reader, made: Call) -> Value:
    """``field(default_factory=...)`` of a dataclass: what it begins as."""
    factory = made.kwargs.get("default_factory", UNKNOWN)
    if factory.sort == "function" and factory.thing is not None:
        return reader.call_function(factory.thing, (), {})
    if factory.sort == "callable" and factory.name in {"list", "dict", "set"}:
        return Value("dict" if factory.name == "dict" else "list", thing=Thing())
    return made.kwargs.get("default", UNKNOWN)


def _slice(reader: Reader, made: Call) -> Value:
    """``slice(a, b)``, kept to be used as a key later."""
    del reader
    bounds: list[ast.expr | None] = [*made.node.args]
    lower, upper = (None, bounds[0]) if len(bounds) == 1 else (*bounds, None)[:2]
    empty = isinstance(lower, ast.Constant) and lower.value in {None, 0}
    node = ast.copy_location(ast.Slice(None if empty else lower, upper), made.node)
    found = join(made.args)
    return Value("unknown", frames.SLICE, const=node, loops=found.loops, marks=found.marks)


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


def _one_hot(reader: Reader, made: Call) -> Value:
    del reader
    return made.get(0, "data")


def _random_split(reader: Reader, made: Call) -> Value:
    """``torch.utils.data.random_split``."""
    x = made.get(0, "dataset")
    x = folders.held(x, made)
    if "generator" not in made.kwargs:
        reader.trace.draws[(made.place, "random_split")] = "split"
    estimators.note_split(reader, made, Split(made.place, "random", x, UNKNOWN))
    sizes = list(made.get(1, "lengths").flat())[1:]
    names = ("train", "valid", "test") if len(sizes) == 3 else ("train", "test")
    line = f"{made.place.cell or ''}.{made.node.lineno}"
    if x.name == "range":
        positions = (Value("index", const=f"split@{line}:{one}") for one in names)
        return Value("tuple", items=tuple(positions))
    return Value(
        "tuple", items=tuple(estimators.split_rows(x, f"split@{line}:{one}") for one in names)
    )


_CONVERTING = (
    "list", "tuple", "reversed", "tqdm", "float", "round", "from_numpy", "ravel", "squeeze",
    "log1p", "DataLoader",
)  # fmt: skip

_MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    "train_test_split": _train_test_split,
    **dict.fromkeys(_CONVERTING, _same),
    **dict.fromkeys(("deepcopy", "copy", "clone"), _clone),
    **dict.fromkeys(("range", "linspace", "arange"), _arange),
    "TensorDataset": calls.fallback,
    "sorted": _sorted,
    "zip": _zip,
    "enumerate": _enumerate,
    "col": polars.column,
    "len": _count,
    "to_datetime": _to_datetime,
    "get_dummies": _one_hot,
    "random_split": _random_split,
    "sum": column_stat,
    "nansum": column_stat,
    **dict.fromkeys(known.COLUMN_STATS, column_stat),
    **dict.fromkeys(known.CHOOSERS, _choose),
    **dict.fromkeys(known.SCALING_FUNCTIONS, _scaled),
    "where": _where,
    "coalesce": _where,
    "str": _text,
    **dict.fromkeys(("argsort", "argpartition"), _ranked),
    **dict.fromkeys(("sort", "unique"), _in_order),
    "reduce": _reduced,
    "next": _next,
    "slice": _slice,
    "dict": _named_fields,
    "field": _default,
    "Subset": _subset,
    **dict.fromkeys(selecting.TESTS, selecting.scored_columns),
}


def install() -> None:
    """Fill the table that calls look functions up in."""
    FUNCTIONS.update(_MEANINGS)
    for meanings in (joining.MEANINGS, fitting.MEANINGS, chance.MEANINGS, stored.MEANINGS):
        FUNCTIONS.update(meanings)
