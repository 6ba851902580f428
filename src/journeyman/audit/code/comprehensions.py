"""Comprehensions: lists of columns, of parts, of one thing for each row of another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import folders, frames, targets
from journeyman.audit.code.values import PAIRS, Thing, Value, const, string_items

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


MOST_THINGS = 12
"""So many objects in a list are looked at one by one."""


def comprehension(reader: Reader, node: Any) -> Value:
    """A list, a set, a dictionary or a generator made of something else, item by item."""
    kept = dict(reader.scope)
    special = (act(reader, node) for act in (_listed_columns, *_SPECIAL))
    found = next((one for one in special if one is not None), None)
    if found is None:
        found = _in_general(reader, node)
    reader.scope.clear()
    reader.scope.update(kept)
    return found


def _in_general(reader: Reader, node: Any) -> Value:
    """One item stands for all."""
    thing = Thing()

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
    if isinstance(node, ast.DictComp):
        return Value("dict", thing=thing)
    return Value("list", folders.EACH, thing=thing)


def _unrolled(reader: Reader, node: Any) -> Value | None:
    """``[c for view in VIEWS for c in view.columns]``: words out of a few known things."""
    if isinstance(node, ast.DictComp) or any(one.ifs for one in node.generators):
        return None
    first = reader.eval(node.generators[0].iter)
    things = first.thing.items if first.thing is not None and first.sort == "list" else []
    if not 0 < len(things) <= MOST_THINGS or any(one.sort != "object" for one in things):
        return None
    found: list[Value] = []

    def at(level: int) -> bool:
        if level == len(node.generators):
            found.append(reader.eval(node.elt))
            return found[-1].sort == "const"
        generator = node.generators[level]
        source = reader.eval(generator.iter)
        inner = source.items or tuple(source.thing.items if source.thing else ())
        if not inner:
            return False
        for one in inner:
            targets.assign(reader, generator.target, one)
            if not at(level + 1):
                return False
        return True

    return Value("list", thing=Thing(items=found)) if at(0) else None


def _by_word(reader: Reader, node: Any) -> Value | None:
    """``{name: score(rows) for name, rows in (("val", a), ("test", b))}``: each keeps its name."""
    if not isinstance(node, ast.DictComp) or len(node.generators) != 1 or node.generators[0].ifs:
        return None
    source = reader.eval(node.generators[0].iter)
    pairs = source.items or tuple(source.thing.items if source.thing else ())
    if source.name in {"zip", PAIRS} or not 0 < len(pairs) <= MOST_THINGS:
        return None
    if any(one.sort != "tuple" or not isinstance(one.items[0].const, str) for one in pairs):
        return None
    fields = {}
    for pair in pairs:
        targets.assign(reader, node.generators[0].target, pair)
        value, key = reader.eval(node.value), reader.eval(node.key).const
        fields[key if isinstance(key, str) else pair.items[0].const] = value
    return Value("dict", thing=Thing(fields=fields))


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


_SPECIAL = (_unrolled, _by_word, _each_table, _each_part)
