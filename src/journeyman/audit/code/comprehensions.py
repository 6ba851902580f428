"""Comprehensions: lists of columns, of parts, of one thing for each row of another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import folders, frames, targets
from journeyman.audit.code.values import Thing, Value, const, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


def comprehension(reader: Reader, node: Any) -> Value:
    """A list, a set, a dictionary or a generator made of something else, item by item."""
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
            if not isinstance(node, ast.DictComp):
                thing.items = [reader.eval(node.elt)]
                return
            key, value = reader.eval(node.key).const, reader.eval(node.value)
            if isinstance(key, str) and node.generators[-1].iter and _named_pairs(node):
                thing.fields[key] = value
            else:
                thing.items = [value]
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
    if isinstance(node, ast.DictComp):
        return Value("dict", thing=thing)
    return Value("list", folders.EACH, thing=thing)


def _named_pairs(node: Any) -> bool:
    """Whether a dictionary is made from the pairs of another."""
    source = node.generators[-1].iter
    return (
        isinstance(source, ast.Call)
        and isinstance(source.func, ast.Attribute)
        and source.func.attr == "items"
    )


def _each_table(reader: Reader, node: Any) -> Value | None:
    """``[f(part) for part in (train, test)]``: each table stays itself."""
    if isinstance(node, ast.DictComp) or len(node.generators) != 1 or node.generators[0].ifs:
        return None
    source = reader.eval(node.generators[0].iter)
    items = source.items or tuple(source.thing.items if source.thing else ())
    if (
        source.name == "zip"
        or len(items) < 2
        or any(one.sort not in {"data", "index"} for one in items)
    ):
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
