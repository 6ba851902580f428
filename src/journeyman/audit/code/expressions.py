"""Expressions: what is known of names, operators, comparisons, displays and comprehensions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import calls, folders, frames, targets
from journeyman.audit.code.trace import Score
from journeyman.audit.code.values import (
    UNKNOWN,
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
_PLAIN_ATTRIBUTES = frozenset({"values", "T", "array", "str", "dt", "A", "real", "data"})
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
        return base.thing.fields[node.attr]
    if base.sort == "model":
        return calls.fitted_attribute(reader, node, base)
    if base.sort == "grouped":
        return replace(base, uses=frozenset({node.attr}))
    return _of_table(base, node.attr) if base.sort == "data" else _of_other(base, node.attr)


def _of_other(base: Value, name: str) -> Value:
    if name in _SIZES:
        return UNKNOWN
    if base.sort in {"score", "curve"} and name in {"iloc", "loc"}:
        return Value("indexer", name, items=(base,))
    return replace(base, items=()) if base.sort in {"score", "curve", "prediction"} else base


def _of_table(base: Value, name: str) -> Value:
    part = name in folders.PARTS and "file" in base.marks
    if part or name in _PLAIN_ATTRIBUTES:
        found = base.marked("part") if part else base
        return replace(found, whole=False) if name == "data" else found  # beside ``.target``
    if name in {"loc", "iloc", "at", "iat", "ix"}:
        return Value("indexer", name, items=(base,))
    if name == "columns":
        return Value("columns", const=("except", base.dropped), items=(base,))
    if name == "index":
        shuffled = base.marks & {"shuffled"}
        return Value("unknown", frames.LABELS, regions=base.regions, marks=shuffled)
    if name in _SIZES:
        return UNKNOWN
    return frames.select(base, [name]) if base.whole or base.kept else base


def _subscript(reader: Reader, node: Any) -> Value:
    return frames.subscript(reader, node, reader.eval(node.value))


def combine(
    reader: Reader, node: ast.AST, left: Value, right: Value, operator: ast.operator
) -> Value:
    """The value of ``left operator right``."""
    if isinstance(operator, ast.Div) and isinstance(right.const, str):
        return right
    if isinstance(operator, ast.Mult) and left.sort == "list" and left.thing is not None:
        return Value("list", thing=Thing(items=[*left.thing.items, *left.thing.items]))
    if isinstance(operator, ast.Add) and {left.sort, right.sort} <= {"list", "tuple", "const"}:
        return _concatenated(left, right)
    sorts = {left.sort, right.sort}
    found = join([left, right])
    if sorts == {"data", "prediction"} and isinstance(operator, _CROSSED):
        return replace(found, sort="match", name="custom")
    if sorts == {"data", "stat"} and not any(one.kind == "group" for one in found.taints):
        stat = left if left.sort == "stat" else right
        place = reader.place(node)
        taint = Taint(
            "scaling",
            "arithmetic with column statistics",
            place.file,
            getattr(node, "lineno", 0),
            stat.regions,
        )
        table = left if left.sort == "data" else right
        return replace(table, taints=found.taints | {taint}, marks=found.marks)
    return _mixed(left, right, found)


def _mixed(left: Value, right: Value, found: Value) -> Value:
    if left.sort == "data" and right.sort in {"data", "unknown", "const"}:
        noise = "noise" in right.marks
        return replace(
            left,
            taints=found.taints,
            loops=found.loops,
            uses=found.uses,
            marks=found.marks | ({"altered"} if noise else set()),
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
        marks = {frames.OTHERS.get(mark, mark) for mark in found.marks}
        return replace(found, marks=frozenset(marks))
    return found


def _compare(reader: Reader, node: Any) -> Value:
    sides = [reader.eval(node.left), *(reader.eval(one) for one in node.comparators)]
    found = join(sides)
    ordered = isinstance(node.ops[0], _ORDERED)
    predicted = [side for side in sides if side.sort == "prediction"]
    if predicted:
        return _compare_predicted(reader, node, sides, found, ordered=ordered)
    marks = found.marks | {"mask"}
    if ordered:
        marks |= {f"dated:{one}" for one in found.uses if calls.looks_dated(one)}
    for side in sides:
        if isinstance(side.const, str) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            others = isinstance(node.ops[0], ast.NotEq)
            marks |= frames.part_mark([side.const], others=others)
    stats = {taint for side in sides if side.sort == "stat" for taint in side.taints}
    sort: Sort = "data" if any(side.sort == "data" for side in sides) else "unknown"
    return replace(found, sort=sort, marks=marks, taints=found.taints - stats)


def _compare_predicted(
    reader: Reader, node: Any, sides: list[Value], found: Value, *, ordered: bool
) -> Value:
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
    return parts[0] if isinstance(node.op, ast.Or) and parts[0].thing else join(parts)


def _choice(reader: Reader, node: Any) -> Value:
    reader.eval(node.test)
    return merge(reader.eval(node.body), reader.eval(node.orelse))


def _tuple(reader: Reader, node: Any) -> Value:
    return Value("tuple", items=tuple(reader.eval(one) for one in node.elts))


def _list(reader: Reader, node: Any) -> Value:
    return Value("list", thing=Thing(items=[reader.eval(one) for one in node.elts]))


def _dict(reader: Reader, node: Any) -> Value:
    thing = Thing()
    for key, value in zip(node.keys, node.values, strict=True):
        name, found = reader.eval(key), reader.eval(value)
        if isinstance(name.const, str):
            thing.fields[name.const] = found
        else:
            thing.items += [found] if key is not None else [join([found])]
    return Value("dict", thing=thing)


def _comprehension(reader: Reader, node: Any) -> Value:
    listed = _listed_columns(reader, node)
    if listed is not None:
        return listed
    thing = Thing()
    kept = dict(reader.scope)
    each = _each_table(reader, node) or _each_part(reader, node)
    if each is not None:
        reader.scope.clear()
        reader.scope.update(kept)
        return each

    def at(level: int) -> None:
        if level == len(node.generators):
            outputs = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            thing.items = [reader.eval(one) for one in outputs][-1:]
            return
        generator = node.generators[level]

        def body(variable: Value) -> None:
            targets.assign(reader, generator.target, variable)
            for test in generator.ifs:
                reader.eval(test)
            at(level + 1)

        reader.in_loop(generator.iter, reader.eval(generator.iter), body)

    at(0)
    reader.scope.clear()
    reader.scope.update(kept)
    return Value("dict" if isinstance(node, ast.DictComp) else "list", thing=thing)


def _each_table(reader: Reader, node: Any) -> Value | None:
    """``[f(part) for part in (train, test)]``: each table stays itself."""
    if isinstance(node, ast.DictComp) or len(node.generators) != 1 or node.generators[0].ifs:
        return None
    source = reader.eval(node.generators[0].iter)
    items = source.items or tuple(source.thing.items if source.thing else ())
    if source.name == "zip" or len(items) < 2 or any(one.sort != "data" for one in items):
        return None
    found = []
    for item in items:
        targets.assign(reader, node.generators[0].target, item)
        found.append(reader.eval(node.elt))
    return Value("tuple", items=tuple(found))


def _each_part(reader: Reader, node: Any) -> Value | None:
    """``(df[df["part"] == name] for name in ("train", "test"))``: each name has rows of its own."""
    if len(node.generators) != 1 or node.generators[0].ifs:
        return None
    names = string_items(reader.eval(node.generators[0].iter)) or []
    if len(names) < 2 or not any(name.lower() in frames.PARTS for name in names):
        return None
    found: dict[str, Value] = {}
    for name in names:
        targets.assign(reader, node.generators[0].target, const(name))
        if isinstance(node, ast.DictComp):
            key = reader.eval(node.key).const
            found[key if isinstance(key, str) else name] = reader.eval(node.value)
        else:
            found[name] = reader.eval(node.elt)
    distinct = {one.regions for one in found.values()}
    if any(one.sort != "data" for one in found.values()) or len(distinct) < len(names):
        return None
    if isinstance(node, ast.DictComp):
        return Value("dict", thing=Thing(fields=found))
    return Value("tuple", items=tuple(found.values()))


def _listed_columns(reader: Reader, node: Any) -> Value | None:
    """``[c for c in df.columns if c not in ("id", "y")]``: the columns that are left out."""
    if isinstance(node, ast.DictComp) or len(node.generators) != 1:
        return None
    generator = node.generators[0]
    source = reader.eval(generator.iter)
    if source.sort == "data" and (source.whole or source.kept):
        source = Value("columns", const=("except", source.dropped))
    if source.sort != "columns" or not isinstance(node.elt, ast.Name):
        return None
    out: set[str] = set(source.const[1]) if isinstance(source.const, tuple) else set()
    for test in generator.ifs:
        for compare in ast.walk(test):
            if isinstance(compare, ast.Compare) and isinstance(
                compare.ops[0], (ast.NotIn, ast.NotEq)
            ):
                names = frames.columns_of(reader.eval(compare.comparators[0]))
                if names is None:
                    return Value("columns", const=("some", frozenset()))
                out |= set(names)
            elif isinstance(compare, (ast.Compare, ast.Call)):
                return Value("columns", const=("some", frozenset()))
    return Value("columns", const=("except", frozenset(out)))


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
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
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
