"""Tables and arrays: which rows and which columns a selection leaves."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import dividing, folders, selecting
from journeyman.audit.code.values import (
    LINES,
    PIECE,
    UNKNOWN,
    Taint,
    Thing,
    Value,
    covers_strictly,
    join,
    role,
    role_of_name,
    string_items,
)

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

MASKED = "masked:"
"""Begins the mark that says by which expression rows were chosen."""
PREDICTED = "predicted:"
"""Begins the mark of a table in one column of which predictions were stored."""
EVEN = "even"
"""The mark of positions: all of one class beside a sample of the other."""
SLICE = "slice"
"""The name of a slice that is kept as a value, with its syntax."""
LABELS = "row labels"
"""The name of what ``table.index`` gives."""
PARTS = {
    "train": "train",
    "training": "train",
    "test": "test",
    "testing": "test",
    "holdout": "test",
    "val": "valid",
    "valid": "valid",
    "validation": "valid",
    "dev": "valid",
}
"""Words that a column of parts holds, and the part's role."""
_OTHERS = {"role:train": "role:test", "role:test": "role:train", "role:valid": "role:train"}
"""What the rows are that a mask leaves out."""
_BROADEST = ("train", "test", "valid")
"""What two parts together are called: with validation added, training stays training."""


def other_side(mark: str) -> str:
    """The mark of the rows that a mask with ``mark`` leaves out."""
    return _OTHERS.get(mark) or dividing.other_side(mark)


def columns_of(key: Value) -> list[str] | None:
    """The column names of a key; None where they are not known."""
    if key.sort == "columns":
        return None
    return string_items(key)


def select(base: Value, columns: Iterable[str]) -> Value:
    """Only these columns."""
    names = frozenset(columns)
    return replace(
        base,
        uses=names,
        kept=names,
        dropped=frozenset(),
        whole=False,
        taints=frozenset(one for one in base.taints if not one.column or one.column in names),
    )


def one_column(base: Value, name: str) -> Value:
    """A column by its name; what was predicted and stored in it is a prediction again."""
    found = select(base, [name])
    told = f"{PREDICTED}{name}" in base.marks
    return replace(found, sort="prediction", uses=frozenset(), kept=None) if told else found


def drop(base: Value, columns: Iterable[str]) -> Value:
    """All but these columns."""
    names = frozenset(columns)
    return replace(
        base,
        dropped=base.dropped | names,
        uses=base.uses - names,
        kept=None if base.kept is None else base.kept - names,
        taints=frozenset(one for one in base.taints if one.column not in names or not one.column),
    )


def element(items: Value, loop: str) -> Value:
    """One element of what a loop goes through."""
    if items.sort == "grouped":
        part = replace(items, sort="data", loops=items.loops | {loop}).marked(
            "filtered", "subset", PIECE
        )
        return Value("tuple", items=(Value(loops=frozenset({loop})), part))
    if items.name == LINES:
        region = frozenset({str(items.const)})
        return Value("data", regions=region, loops=frozenset({loop}), marks=frozenset({PIECE}))
    inner = list(items.items)
    if items.thing is not None and items.sort in {"list", "dict"}:
        inner += [*items.thing.items, *items.thing.fields.values()]
    if items.sort == "const" or not inner:
        plain = items.marked(PIECE) if items.sort == "data" else items
        plain = plain if items.sort != "const" else UNKNOWN
        return replace(plain, loops=items.loops | {loop}, whole=False)
    if items.name == "zip":
        return Value("tuple", items=tuple(element(one, loop) for one in items.items))
    first = inner[0]
    if first.sort == "tuple" and all(
        one.sort == "tuple" and len(one.items) == len(first.items) for one in inner
    ):
        parts = zip(*(one.items for one in inner), strict=True)
        return Value("tuple", items=tuple(_any_of(list(part), loop) for part in parts))
    return folders.in_turn(inner, _any_of(inner, loop))


def _any_of(values: list[Value], loop: str) -> Value:
    things = [one for one in values if one.sort in {"model", "function", "callable", "class"}]
    if things:
        return replace(things[-1], loops=things[-1].loops | {loop})
    if len(values) > 1 and all(one.sort == "dict" and one.thing for one in values):
        return _any_dict(values, loop)
    if len(values) == 1 and values[0].sort != "const":
        return replace(values[0], loops=values[0].loops | {loop})
    if all(one.sort == "const" for one in values):
        return Value("unknown", loops=frozenset({loop}))
    both = join(values)
    return replace(both, loops=both.loops | {loop})


def _any_dict(values: list[Value], loop: str) -> Value:
    """One of several dictionaries: what all agree on is known."""
    things = [one.thing for one in values if one.thing is not None]
    fields = {}
    for name in things[0].fields:
        given = [one.fields[name] for one in things if name in one.fields]
        same = len(given) == len(things) and all(one == given[0] for one in given)
        fields[name] = given[0] if same else _any_of(given, loop)
    rest = [item for one in things for item in one.items]
    loops = frozenset({loop}).union(*(one.loops for one in values))
    return Value("dict", thing=Thing(fields=fields, items=rest), loops=loops)


def subscript(reader: Reader, node: ast.Subscript, base: Value) -> Value:
    """``base[key]`` for tables, arrays, lists, tuples and dictionaries."""
    key = reader.eval(node.slice)
    found = _chosen(reader, node, base, key)
    table = base.items[0] if base.sort == "indexer" and base.items else base
    row_node: ast.expr = node.slice
    row_key = key
    if isinstance(node.slice, ast.Tuple) and key.items:
        row_node, row_key = node.slice.elts[0], key.items[0]
    dividing.note(reader, row_node, table, row_key, found)
    if EVEN in row_key.marks and found.sort == "data":
        place = reader.place(node)
        what = "a sample of the other class"
        found = found.tainted(Taint("evened", what, place.file, place.line, found.regions))
    found = dividing.sided(reader, row_node, table, row_key, found)
    return dividing.repeated(reader, node, found, key)


def _chosen(reader: Reader, node: ast.Subscript, base: Value, key: Value) -> Value:
    if base.sort in {"tuple", "list"}:
        return _positioned(reader, node, base, key)
    if base.sort == "dict" or (base.sort == "object" and base.thing is not None):
        return _keyed(base, key)
    if base.sort == "indexer":
        return _located(base, node, key)
    if base.sort == "grouped":
        names = columns_of(key)
        return replace(base, uses=frozenset(names)) if names else base
    if base.sort == "data":
        return _hits(base, key) or _of_data(base, node, key)
    return _of_other(reader, node, base, key)


def _of_other(reader: Reader, node: ast.Subscript, base: Value, key: Value) -> Value:
    if base.sort in {"score", "curve"} and "sorted" in base.marks:
        reader.choose(node, base)
    if base.sort == "callable" and base.name.endswith((".c_", ".r_")):
        parts = [one for one in key.flat() if one.sort == "data"]
        beside = replace(join([key]), items=())
        thinned = {"shuffled" in one.marks for one in parts if "mask" in one.marks} == {True, False}
        beside = beside.marked(EVEN) if thinned else beside
        return replace(beside, sort="data", whole=False) if parts else beside
    if base.sort == "columns":
        return replace(base, const=("some", frozenset()), taints=selecting.chosen_by(key))
    if "relation" in base.marks:
        return selecting.picked(base, reader.unit.file, node.lineno)
    if base.sort == "index" and isinstance(node.slice, ast.Slice) and base.const is None:
        return replace(
            base, const=dividing.end_of(node.slice) or None, loops=base.loops | key.loops
        )
    named = base.sort == "unknown" and key.name == LABELS and _inside(key, base)
    regions = key.regions if named else base.regions
    return replace(base, regions=regions, loops=base.loops | key.loops)


def _positioned(reader: Reader, node: ast.Subscript, base: Value, key: Value) -> Value:
    items = base.items or tuple(base.thing.items if base.thing else ())
    if "sorted" in base.marks and isinstance(key.const, int):
        reader.choose(node, base)
    if (
        isinstance(key.const, int)
        and -len(items) <= key.const < len(items)
        and base.sort == "tuple"
    ):
        return items[key.const]
    if base.thing is not None and isinstance(key.const, str) and key.const in base.thing.fields:
        return base.thing.fields[key.const]
    column = column_of_rows(items, key.const)
    if column is not None:
        return column
    if len(items) == 1 and items[0].sort == "dict" and isinstance(key.const, int):
        return items[0]
    found = folders.objects(items) if key.sort == "index" else None
    if found is not None:
        part = rows(found, node.slice, key)
        dividing.note(reader, node.slice, found, key, part)
        return part
    found = join([base])
    return replace(found, loops=found.loops | key.loops)


def column_of_rows(items: Iterable[Value], name: object) -> Value | None:
    """``rows["auc"]`` where each row is a dictionary: what all of them hold under that name."""
    rows_ = [one.thing for one in items if one.sort == "dict" and one.thing is not None]
    found = [one.fields[name] for one in rows_ if isinstance(name, str) and name in one.fields]
    return join(found) if found else None


def _keyed(base: Value, key: Value) -> Value:
    if base.thing is None:
        return replace(base, sort="unknown")
    if isinstance(key.const, str) and key.const in base.thing.fields:
        return base.thing.fields[key.const]
    inner = [*base.thing.items, *base.thing.fields.values()]
    chosen = next((one for one in inner if one.sort in {"model", "function"}), None)
    found = chosen or join(inner)
    return replace(found, loops=found.loops | key.loops)


def _located(base: Value, node: ast.Subscript, key: Value) -> Value:
    table = base.items[0]
    if "sorted" in table.marks and table.sort in {"score", "curve"}:
        return table
    if not isinstance(node.slice, ast.Tuple) or len(key.items) != 2:
        return rows(table, node.slice, key)
    row_node, column_node = node.slice.elts
    found = table
    if not _everything(row_node):
        found = rows(table, row_node, key.items[0])
    if _everything(column_node):
        return found
    names = columns_of(key.items[1])
    if names:
        return select(found, names)
    if key.items[1].sort == "columns":
        return narrowed(found, key.items[1])
    found = selecting.narrowed(found, key.items[1])
    return replace(found, whole=False, marks=found.marks | {"positional"})


def _everything(node: ast.expr) -> bool:
    return isinstance(node, ast.Slice) and node.lower is None and node.upper is None


def _backwards(node: ast.expr) -> bool:
    """Whether a slice turns its axis round, as ``images[:, :, ::-1]`` mirrors pictures."""
    step = node.step if isinstance(node, ast.Slice) else None
    return isinstance(step, ast.UnaryOp) and isinstance(step.op, ast.USub)


def _hits(base: Value, key: Value) -> Value | None:
    """``truth[predicted]``: how many of those that were chosen are right."""
    if key.sort != "prediction" or base.whole or len(base.kept or ()) > 1:
        return None
    return replace(join([base, key]), sort="match", name="custom")


def _of_data(base: Value, node: ast.Subscript, key: Value) -> Value:
    if "parts" in base.marks and isinstance(key.const, str) and key.const in PARTS:
        regions = frozenset(f"{one}/part:{PARTS[key.const]}" for one in base.regions)
        return replace(base, regions=regions, marks=base.marks - {"parts"})
    columns = _columns(base, node, key)
    if columns is not None:
        return columns
    if isinstance(node.slice, ast.Tuple) and node.slice.elts:
        if _everything(node.slice.elts[0]):
            mirrored = {"altered"} if any(map(_backwards, node.slice.elts[1:])) else set()
            base = selecting.narrowed(base, key.items[-1]) if key.items else base
            return replace(base, whole=False, marks=base.marks | {"positional"} | mirrored)
        return replace(rows(base, node.slice.elts[0], key.items[0]), whole=False)
    if isinstance(node.slice, ast.List):
        return replace(base, whole=False)
    return rows(base, node.slice, key)


def _columns(base: Value, node: ast.Subscript, key: Value) -> Value | None:
    """The columns that a key names, or that something chose; None for a key of rows."""
    names = columns_of(key)
    if names is not None and not isinstance(node.slice, ast.Slice):
        single = isinstance(key.const, str)
        return one_column(base, key.const) if single else select(base, names)
    if key.sort == "columns":
        return narrowed(base, key)
    chosen = selecting.chosen_by(key) and not isinstance(node.slice, ast.Tuple)
    return selecting.narrowed(base, key) if chosen else None


def narrowed(base: Value, key: Value) -> Value:
    """The columns that a computed list of names leaves."""
    base = selecting.narrowed(base, key)
    how, names = key.const if isinstance(key.const, tuple) else ("some", frozenset())
    if how == "except":
        return drop(base, names)
    return replace(base, whole=False)


def part_mark(words: Iterable[str], *, others: bool = False) -> frozenset[str]:
    """The mark of a mask that keeps the parts of these names, or all others; often there is none.

    >>> part_mark(["train", "validation"]), part_mark(["test"], others=True), part_mark(["red"])
    (frozenset({'role:train'}), frozenset({'role:train'}), frozenset())
    """
    roles = {PARTS.get(word.lower(), "") for word in words}
    if "" in roles or {"train", "test"} <= roles:
        return frozenset()
    mark = f"role:{min(roles, key=_BROADEST.index)}" if roles else ""
    return frozenset({_OTHERS[mark] if others else mark} if mark else ())


def _role_said(key: Value) -> str:
    """The role that a mask or positions are known to have; none where they mix train and test."""
    roles = {mark.split(":", 1)[1] for mark in key.marks if mark.startswith("role:")}
    if {"train", "test"} <= roles:
        return ""
    return min(roles, key=lambda one: (*_BROADEST, one).index(one), default="")


def rows(base: Value, node: ast.expr, key: Value) -> Value:
    """Some of the rows: by slice, mask or positions."""
    if key.name == SLICE:
        node, key = key.const, Value(loops=key.loops, marks=key.marks)
    said = _role_said(key)
    label = role_of_name(key.const) if isinstance(key.const, str) and key.sort == "const" else ""
    keyed = frozenset(one for one in base.regions if label and role(one) == label)
    if keyed and len(base.regions) > 1:  # ``both.loc["train"]`` after ``concat(..., keys=...)``
        return replace(base, regions=keyed)
    marks = base.marks | {"subset"} | dividing.by_chance(key)
    if any(mark.startswith("dated:") for mark in key.marks) or "timecut" in key.marks:
        marks |= {"timecut"}
    if isinstance(key.const, str) and key.sort == "index":
        regions = frozenset(f"{one}/{key.const}" for one in base.regions)
        marks -= {"subset"}
        return replace(base, regions=regions, marks=marks, loops=base.loops | key.loops)
    if key.name == LABELS and _inside(key, base):
        return replace(base, regions=key.regions, loops=base.loops | key.loops)
    if said:
        regions = frozenset(f"{one}/index:{said}" for one in base.regions)
        return replace(base, regions=regions, marks=marks - {"subset"})
    if isinstance(node, ast.Slice):
        return _sliced(base, node, key, marks)
    masked = key.sort in {"data", "index", "match"} or "mask" in key.marks
    whole = base.whole and masked  # an unknown key may as well name columns
    marks |= {"filtered", *(key.marks & {"shuffled"}), f"{MASKED}{ast.unparse(node)[:120]}"}
    return replace(base, marks=marks, loops=base.loops | key.loops, whole=whole)


def _sliced(base: Value, node: ast.Slice, key: Value, marks: frozenset[str]) -> Value:
    if node.lower is not None and node.upper is not None and key.loops:
        marks |= {"windowed"}  # a window that moves along the rows
    part = dividing.end_of(node)
    if part and "shuffled" in marks:
        marks |= {dividing.CHANCE}
    regions = frozenset(f"{one}/{part}" for one in base.regions) if part else base.regions
    return replace(base, regions=regions, marks=marks, loops=base.loops | key.loops)


def _inside(key: Value, base: Value) -> bool:
    """Whether the rows that are named are known to be a part of the table's own."""
    return bool(key.regions) and all(
        any(covers_strictly(whole, part) for whole in base.regions) for part in key.regions
    )
