"""Assignments: what a name, a column or an attribute holds afterwards."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import dividing, filling, frames
from journeyman.audit.code.values import (
    LABELLED,
    PIECE,
    UNKNOWN,
    Taint,
    Thing,
    Value,
    join,
    role_of_name,
)

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call
    from journeyman.audit.code.reader import Reader


REWRITTEN = "rewritten@"
"""Begins the mark of rows in which a column was replaced by what was made of it, and where."""


def assign(reader: Reader, target: ast.expr, value: Value) -> None:
    """Bind ``value`` to a target of any shape."""
    if isinstance(target, ast.Name):
        value = dividing.name_entity(reader, target.id, value)
        reader.scope[target.id] = now = named(value, target.id)
        if value.sort == "data" and value.marks & {"subset", "windowed"}:
            dividing.note_part(reader, target, value, now)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(reader, target.elts, value)
    elif isinstance(target, ast.Starred):
        assign(reader, target.value, Value("list", thing=Thing(items=[value])))
    elif isinstance(target, ast.Attribute):
        _attribute(reader, target, value)
    elif isinstance(target, ast.Subscript):
        _item(reader, target, value)


def inplace(reader: Reader, made: Call, result: Value) -> Value:
    """With ``inplace=True`` the receiver itself changes."""
    if made.says("inplace", True) and isinstance(made.node.func, ast.Attribute):
        holder = made.node.func.value
        if isinstance(holder, ast.Name):
            reader.scope[holder.id] = result
        elif isinstance(holder, (ast.Subscript, ast.Attribute)):
            assign(reader, holder, result)
        return UNKNOWN
    return result


def _unpack(reader: Reader, elements: list[ast.expr], value: Value) -> None:
    items = value.items
    if not items and value.sort == "list" and value.thing is not None:
        items = tuple(value.thing.items)
    if len(items) == len(elements) and not any(isinstance(one, ast.Starred) for one in elements):
        for element, item in zip(elements, items, strict=True):
            assign(reader, element, item)
        return
    whole = join([value])
    whole = replace(whole, whole=value.whole, kept=value.kept, dropped=value.dropped)
    if whole.sort in {"data", "index"}:
        whole = whole.marked("subset")
    for element in elements:
        assign(reader, element, whole)


def named(value: Value, name: str) -> Value:
    """The value under a name: a part of rows called ``X_test`` is taken to be the test rows."""
    said = role_of_name(name)
    if value.name == LABELLED:
        return replace(value, items=tuple(named(one, name) for one in value.items))
    if value.sort == "tuple" or (not value.regions and "mask" not in value.marks):
        return _bare(value, said)
    if value.sort == "index" or "mask" in value.marks:
        return value.marked(f"role:{said}") if said and not value.has("role:") else value
    if value.sort != "data":
        return value
    if said:
        value = replace(
            value, regions=frozenset(_region(one, said, value) for one in value.regions)
        )
    return replace(value, marks=value.marks - {"subset"})


def _bare(value: Value, said: str) -> Value:
    if value.sort == "index" and said and not value.has("role:"):
        plain = replace(value, const=None) if dividing.is_cut(value.const) else value
        return plain.marked(f"role:{said}")
    return value


def _region(region: str, said: str, value: Value) -> str:
    head, _, last = region.rpartition("/")
    if last.startswith(dividing.CUT):
        return f"{head}/name:{said}"
    if value.marks & {"subset", "windowed"}:
        again = last == f"name:{said}" and head.endswith(last)
        return region if again else f"{region}/name:{said}"
    if last.startswith("split@") and said in {"train", "valid", "test", "rest"}:
        part, _, now = last.rpartition(":")
        return f"{head}/{part}:{said}" if now != "train" and said != "train" else region
    if last.startswith("load@") and "/" not in region and ":" not in last:
        return f"{region}:{said}"
    return region


def _attribute(reader: Reader, target: ast.Attribute, value: Value) -> None:
    base = reader.eval(target.value)
    if base.thing is not None:
        base.thing.fields[target.attr] = named(value, target.attr)
    elif base.sort == "data" and isinstance(target.value, ast.Name):
        reader.scope[target.value.id] = set_column(reader, target, base, [target.attr], value)


def _item(reader: Reader, target: ast.Subscript, value: Value) -> None:
    base = reader.eval(target.value)
    key = reader.eval(target.slice)
    if base.sort in {"dict", "list", "object"} and base.thing is not None:
        if isinstance(key.const, str):
            base.thing.fields[key.const] = value
        else:
            base.thing.items.append(value)
        return
    holder = target.value
    if base.sort == "indexer" and isinstance(holder, ast.Attribute):
        base, holder = base.items[0], holder.value
        key = key.items[-1] if key.sort == "tuple" and key.items else Value()
    if base.sort in {"unknown", "prediction"} and isinstance(holder, ast.Name):
        _filled(reader, holder.id, base, value)
        return
    if base.sort != "data":
        return
    columns = frames.columns_of(key)
    if isinstance(target.value, ast.Attribute):
        value = filling.placed(base, columns, value, reader.place(target))
    changed = set_column(reader, target, base, columns, value)
    if isinstance(holder, ast.Name):
        reader.scope[holder.id] = changed
    elif isinstance(holder, ast.Attribute):
        _attribute(reader, holder, changed)


def _filled(reader: Reader, name: str, base: Value, value: Value) -> None:
    """``predicted[test] = model.predict(X[test])``: an empty array takes what is put into it."""
    if value.sort in {"prediction", "data"} and (value.regions or value.taints):
        both = join([base, value], value.sort)
        gone = {PIECE, "subset", "filtered", "mask"}
        reader.scope[name] = replace(both, marks=both.marks - gone)


def set_column(
    reader: Reader, node: ast.AST, base: Value, columns: list[str] | None, value: Value
) -> Value:
    """The table after ``base[columns] = value``."""
    place = reader.place(node)
    line = getattr(node, "lineno", 0)
    names = columns or [""]
    kept = frozenset(one for one in base.taints if not one.column or one.column not in names)
    added: set[Taint] = set()
    for name in names:
        for taint in value.taints:
            if (
                not name
                or not taint.column
                or taint.column in {name, *value.uses}
                or columns is None
            ):
                added.add(replace(taint, column=name or taint.column))
        if name and value.sort != "stat" and "future" not in value.marks:
            sources = value.uses - {name}
            added |= {
                Taint("derived", "", place.file, line, base.regions, name, one) for one in sources
            }
    passing = ("subset", "role:", "side:")
    marks = base.marks | {mark for mark in value.marks if not mark.startswith(passing)}
    marks -= {"mask", "future", "shifted", "centred"}
    if value.sort == "prediction":
        marks |= {f"{frames.PREDICTED}{one}" for one in names if one}
    if names and value.sort == "data" and set(names) <= value.uses:
        marks |= {f"{REWRITTEN}{place.file}:{line}"}
    return replace(
        base,
        taints=kept | added,
        marks=marks,
        loops=base.loops | value.loops,
        kept=None if base.kept is None else base.kept | {name for name in names if name},
        dropped=base.dropped - set(names),
    )
