"""Expressions: what is known of names, operators, comparisons, displays and comprehensions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import calls, comprehensions, dividing, folders, frames, targets
from journeyman.audit.code.sources import RARE
from journeyman.audit.code.trace import Score
from journeyman.audit.code.values import (
    BETWEEN,
    LEARNT,
    PIECE,
    UNKNOWN,
    UNSURE,
    Sort,
    Taint,
    Thing,
    Value,
    const,
    join,
    merge,
    string_items,
)

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

_CROSSED = (ast.BitAnd, ast.BitOr, ast.Sub, ast.Mult)
"""Operators that set predictions against the truth: errors, or counts of a kind of error."""
_ORDERED = (ast.Gt, ast.Lt, ast.GtE, ast.LtE)
_PLAIN_ATTRIBUTES = frozenset(
    {"values", "T", "array", "str", "dt", "cat", "codes", "A", "real", "data"}
)
_SIZES = frozenset({"shape", "size", "ndim", "dtype", "dtypes", "nrows", "name", "device"})


def anything(reader: Reader, node: ast.AST) -> Value:
    """An expression of no special meaning depends on all that it contains."""
    children = [reader.eval(one) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
    return join(children)


def _constant(_: Reader, node: Any) -> Value:
    return const(node.value)


def _name(reader: Reader, node: Any) -> Value:
    found = reader.look_up(node.id)
    return found if found is not None else Value("callable", node.id)


def _attribute(reader: Reader, node: Any) -> Value:
    base = reader.eval(node.value)
    if base.sort == "callable":
        return Value("callable", f"{base.name}.{node.attr}")
    if base.thing is not None and node.attr in base.thing.fields:
        found = base.thing.fields[node.attr]
        return calls.computed(reader, base, found) if found.sort == "function" else found
    if base.sort == "model":
        return calls.fitted_attribute(reader, node, base)
    if base.sort == "grouped":
        return replace(base, uses=frozenset({node.attr}))
    if base.sort == "list" and base.thing is not None:
        column = frames.column_of_rows(base.thing.items, node.attr)
        return _of_other(base, node.attr) if column is None else column
    return _checked(reader, base, node.attr) if base.sort == "data" else _of_other(base, node.attr)


def _of_other(base: Value, name: str) -> Value:
    if name in _SIZES:
        return UNKNOWN
    if base.sort in {"score", "curve"} and name in {"iloc", "loc"}:
        return Value("indexer", name, items=(base,))
    return replace(base, items=()) if base.sort in {"score", "curve", "prediction"} else base


def _checked(reader: Reader, base: Value, name: str) -> Value:
    if name in {"is_unique", "has_duplicates"}:
        dividing.note_alone(reader, base)
    return _of_table(base, name)


def _about_table(base: Value, name: str) -> Value | None:
    """What an attribute that every table has says of it; None where it is a column."""
    if name in {"loc", "iloc", "at", "iat", "ix"}:
        return Value("indexer", name, items=(base,))
    if name == "columns":
        return Value("columns", const=("except", base.dropped), items=(base,))
    if name == "index":
        shuffled = base.marks & {"shuffled"}
        return Value("unknown", frames.LABELS, regions=base.regions, marks=shuffled)
    return UNKNOWN if name in _SIZES else None


def _of_table(base: Value, name: str) -> Value:
    part = name in folders.PARTS and "file" in base.marks
    if part or name in _PLAIN_ATTRIBUTES:
        found = base.marked("part") if part else base
        return replace(found, whole=False) if name == "data" else found  # beside ``.target``
    about = _about_table(base, name)
    if about is not None:
        return about
    if base.whole or name in (base.kept or ()) or f"{frames.PREDICTED}{name}" in base.marks:
        return frames.one_column(base, name)
    return base if base.uses or base.kept is not None else replace(base, uses=frozenset({name}))


def _subscript(reader: Reader, node: Any) -> Value:
    return frames.subscript(reader, node, reader.eval(node.value))


def combine(
    reader: Reader, node: ast.AST, left: Value, right: Value, operator: ast.operator
) -> Value:
    """The value of ``left operator right``."""
    if isinstance(operator, ast.Div) and isinstance(right.const, str):
        return right
    if isinstance(operator, ast.Div) and "text" in left.marks and right.sort == "data":
        dividing.note_folder(reader, left)
    if isinstance(operator, ast.Mult) and left.sort == "list" and left.thing is not None:
        return Value("list", thing=Thing(items=[*left.thing.items, *left.thing.items]))
    if isinstance(operator, ast.Add) and {left.sort, right.sort} <= {"list", "tuple", "const"}:
        return _concatenated(left, right)
    if "prediction" in {left.sort, right.sort}:
        return _with_predicted(reader, node, left, right, operator)
    found = dividing.without_sides(join([left, right]))
    if {left.sort, right.sort} == {"data", "stat"}:
        table, stat = (left, right) if right.sort == "stat" else (right, left)
        own = any(one.kind == "group" for one in found.taints) or stat.marks & {PIECE}
        if stat.name == LEARNT or not own:
            learnt = found.taints if stat.name == LEARNT else {_scaled_by(reader, node, stat)}
            return replace(table, taints=found.taints | learnt, marks=found.marks)
    return _mixed(left, right, found)


def _scaled_by(reader: Reader, node: ast.AST, stat: Value) -> Taint:
    place, line = reader.place(node), getattr(node, "lineno", 0)
    what = "arithmetic with column statistics"
    return Taint("scaling", what, place.file, line, stat.regions)


def _with_predicted(
    reader: Reader, node: ast.AST, left: Value, right: Value, operator: ast.operator
) -> Value:
    """Arithmetic with predictions: errors, expected amounts, odds."""
    found = dividing.without_sides(join([left, right]))
    if isinstance(operator, ast.Mult):
        _weighed(reader, node, left, right)
    if isinstance(operator, ast.Div) and left.sort == right.sort:
        return found.marked("corrected")  # odds, or a share of them
    if {left.sort, right.sort} == {"data", "prediction"} and isinstance(operator, _CROSSED):
        return replace(found, sort="match", name="custom")
    return _mixed(left, right, found)


def _weighed(reader: Reader, node: ast.AST, left: Value, right: Value) -> None:
    """A probability times an amount is an expected amount: it has to be a true probability."""
    for chance, other in ((left, right), (right, left)):
        amount = isinstance(other.const, (int, float)) and abs(other.const) > 1
        if (
            chance.sort == "prediction"
            and "proba" in chance.marks
            and "corrected" not in chance.marks
            and (other.sort in {"data", "stat"} or amount)
        ):
            reader.trace.weighed[reader.place(node)] = chance


def _mixed(left: Value, right: Value, found: Value) -> Value:
    if left.sort == "data" and right.sort in {"data", "unknown", "const"}:
        noise = "noise" in right.marks
        between = right.sort == "data"  # a row, moved part of the way to another row
        return replace(
            left,
            taints=found.taints,
            loops=found.loops,
            uses=found.uses,
            marks=found.marks | ({BETWEEN if between else "altered"} if noise else set()),
            regions=found.regions,
            whole=left.whole and right.sort == "const",
        )
    if "match" in {left.sort, right.sort}:
        name = left.name if left.sort == "match" else right.name
        return replace(found, sort="match", name=name)
    return found


def _concatenated(left: Value, right: Value) -> Value:
    def of(value: Value) -> list[Value]:
        if value.thing is not None:
            return value.thing.items
        if isinstance(value.const, (list, tuple)):
            return [const(one) for one in value.const]
        return list(value.items)

    if left.sort == "const" and isinstance(left.const, str) and isinstance(right.const, str):
        return const(left.const + right.const)
    return Value("list", thing=Thing(items=[*of(left), *of(right)]), loops=left.loops | right.loops)


def _binary(reader: Reader, node: Any) -> Value:
    return combine(reader, node, reader.eval(node.left), reader.eval(node.right), node.op)


def _unary(reader: Reader, node: Any) -> Value:
    found = reader.eval(node.operand)
    if isinstance(node.op, ast.USub) and isinstance(found.const, (int, float)):
        return const(-found.const)
    if isinstance(node.op, (ast.Invert, ast.Not)):
        sided = found.marked(*dividing.side_of(node.operand)) if not found.has("side:") else found
        return replace(sided, marks=frozenset(map(frames.other_side, sided.marks)))
    return found


def _compare(reader: Reader, node: Any) -> Value:
    sides = [reader.eval(node.left), *(reader.eval(one) for one in node.comparators)]
    found = join(sides)
    ordered = isinstance(node.ops[0], _ORDERED)
    predicted = [side for side in sides if side.sort == "prediction"]
    if predicted:
        return _compare_predicted(reader, node, sides, found, ordered=ordered)
    _rare(reader, sides)
    if ordered and any(side.sort in {"score", "match"} for side in sides):
        reader.trace.used(found.loops & reader.candidates, "threshold")  # errors above a limit
    for side in (node.left, *node.comparators):  # ``df["id"].nunique() == len(df)``
        if isinstance(node.ops[0], (ast.Eq, ast.NotEq)) and _counts(side):
            dividing.note_alone(reader, reader.eval(side.func.value))
    marks = found.marks | {"mask"} | dividing.side_of(node, turns=_turns(sides))
    if ordered:
        marks |= {f"dated:{one}" for one in found.uses if calls.looks_dated(one)}
    for side in sides:
        if isinstance(side.const, str) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            others = isinstance(node.ops[0], ast.NotEq)
            marks |= frames.part_mark([side.const], others=others)
    stats = {taint for side in sides if side.sort == "stat" for taint in side.taints}
    sort: Sort = "data" if any(side.sort == "data" for side in sides) else "unknown"
    return replace(found, sort=sort, marks=marks, taints=found.taints - stats)


def _counts(node: ast.expr) -> bool:
    method = node.func if isinstance(node, ast.Call) else None
    return isinstance(method, ast.Attribute) and method.attr in {"nunique", "n_unique"}


def _rare(reader: Reader, sides: list[Value]) -> None:
    """``assert 0.01 < y.mean() < 0.02`` says that a class is rare."""
    shares = [one.const for one in sides if isinstance(one.const, float)]
    means = [one for one in sides if one.sort == "stat"]
    if means and shares and (0 < max(shares) <= RARE or 1 - RARE <= min(shares) < 1):
        reader.trace.hints.add("imbalanced")


def _turns(sides: list[Value]) -> bool:
    """Whether one side is a loop's variable: the rows of one turn against all others."""
    return any(side.loops and side.sort == "unknown" and not side.regions for side in sides)


def _compare_predicted(
    reader: Reader, node: Any, sides: list[Value], found: Value, *, ordered: bool
) -> Value:
    found = replace(found, marks=found.marks - {"proba"})
    if not ordered:
        truth = [side for side in sides if side.sort in {"data", "unknown"}]
        return replace(found, sort="match" if truth else "prediction")
    for side in sides:
        if side.sort not in {"prediction", "const"}:
            reader.trace.used(side.loops, "threshold")
            if side.sort in {"curve", "score"}:
                reader.choose(node, replace(side, sort="curve"), threshold=True)
    return replace(found, sort="prediction")


def _boolean(reader: Reader, node: Any) -> Value:
    parts = [reader.eval(one) for one in node.values]
    return (
        parts[0]
        if isinstance(node.op, ast.Or) and parts[0].thing
        else dividing.without_sides(join(parts))
    )


def decided(reader: Reader, test: ast.expr) -> bool | None:
    """Whether a condition is known to hold: a flag that is known, or what is or is not None."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = decided(reader, test.operand)
        return None if inner is None else not inner
    named = test.left if isinstance(test, ast.Compare) else test
    found = reader.look_up(named.id) if isinstance(named, ast.Name) else None
    if found is None or UNSURE in found.marks:
        return None
    if not isinstance(test, ast.Compare):
        return found.const if isinstance(found.const, bool) else None
    other = test.comparators[0]
    none = isinstance(other, ast.Constant) and other.value is None
    known = found.sort in {"const", "data", "model", "splitter", "function"}
    if not (none and known and isinstance(test.ops[0], (ast.Is, ast.IsNot))):
        return None
    empty = found.sort == "const" and found.const is None
    return empty == isinstance(test.ops[0], ast.Is)


def _choice(reader: Reader, node: Any) -> Value:
    known = decided(reader, node.test)
    if known is not None:
        return reader.eval(node.body if known else node.orelse)
    reader.eval(node.test)
    return merge(reader.eval(node.body), reader.eval(node.orelse))


def _elements(reader: Reader, node: Any) -> list[Value]:
    """The items of a display, with those of ``*more`` where they are known."""
    found: list[Value] = []
    for one in node.elts:
        value = reader.eval(one)
        words = string_items(value) if isinstance(one, ast.Starred) else None
        found += [value] if words is None else [const(word) for word in words]
    return found


def _tuple(reader: Reader, node: Any) -> Value:
    return Value("tuple", items=tuple(_elements(reader, node)))


def _list(reader: Reader, node: Any) -> Value:
    return Value("list", thing=Thing(items=_elements(reader, node)))


def _dict(reader: Reader, node: Any) -> Value:
    thing = Thing()
    for key, value in zip(node.keys, node.values, strict=True):
        name, found = reader.eval(key), reader.eval(value)
        if isinstance(name.const, str):
            thing.fields[name.const] = found
        else:
            thing.items += [found] if key is not None else [join([found])]
    if {"train", "test"} <= {frames.PARTS.get(one, "") for one in thing.fields}:
        for name_, one in thing.fields.items():
            thing.fields[name_] = _as_part(one, name_)
    return Value("dict", thing=thing)


def _as_part(value: Value, name: str) -> Value:
    """``{"train": ..., "test": ...}``: rows of which only the name says which part they are."""
    if value.sort == "tuple":
        return replace(value, items=tuple(_as_part(one, name) for one in value.items))
    plain = value.sort == "data" and not value.roles - {""}
    return targets.named(value.marked("subset"), name) if plain else value


def _formatted(reader: Reader, node: Any) -> Value:
    parts = [reader.eval(one) for one in node.values]
    texts = [part.const for part in parts if isinstance(part.const, str)]
    if len(texts) == len(parts):
        return const("".join(texts))
    return const(texts[-1]) if texts else UNKNOWN


def _formatted_value(reader: Reader, node: Any) -> Value:
    return reader.eval(node.value)


def _lambda(reader: Reader, node: Any) -> Value:
    scope = [*reader.outer, reader.scope]
    thing = Thing("lambda", definition=node, scope=scope, line=node.lineno, unit=reader.unit)
    return Value("function", "lambda", thing=thing)


def _walrus(reader: Reader, node: Any) -> Value:
    value = reader.eval(node.value)
    targets.assign(reader, node.target, value)
    return value


def _starred(reader: Reader, node: Any) -> Value:
    return reader.eval(node.value)


def _slice(reader: Reader, node: Any) -> Value:
    bounds = join([reader.eval(one) for one in (node.lower, node.upper) if one is not None])
    return Value("unknown", loops=bounds.loops, marks=bounds.marks)


def _yield(reader: Reader, node: Any) -> Value:
    value = reader.eval(node.value) if node.value is not None else UNKNOWN
    if reader.returned:
        reader.returned[-1].append(value)
    return value


def note_match(reader: Reader, node: ast.AST, value: Value) -> Value:
    """The share of matches between predictions and truth is an accuracy."""
    loops = value.loops | reader.chances()
    found = replace(value, sort="score", name=value.name or "accuracy", loops=loops)
    place = reader.place(node)
    event = Score(place, found.name, found, found.regions, tuple(reader.active))
    reader.trace.scores[(place, found.regions, found.taints, found.loops)] = event
    return found


READERS: dict[type, Callable[[Reader, Any], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _choice,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _list,
    ast.Dict: _dict,
    ast.ListComp: comprehensions.comprehension,
    ast.SetComp: comprehensions.comprehension,
    ast.GeneratorExp: comprehensions.comprehension,
    ast.DictComp: comprehensions.comprehension,
    ast.JoinedStr: _formatted,
    ast.FormattedValue: _formatted_value,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.Starred: _starred,
    ast.Slice: _slice,
    ast.Call: calls.call,
    ast.Await: _starred,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
}
