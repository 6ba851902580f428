"""Rows cut by hand: a shuffled table sliced in two, positions of chance, what a sample leaves."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code.entities import BEING, NUMBERED
from journeyman.audit.code.trace import Split
from journeyman.audit.code.values import UNKNOWN, Taint, Value, covers, role

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

CUT = "cut@"
"""Begins the last part of a region that a slice leaves."""


CHANCE = "by chance"
SIDE = "side:"
"""Begins the mark that says by which mask rows were chosen, and on which side of it."""
CUT_BY_TIME = "cut by time"
"""The hint that a program divides its rows at a moment, too."""
_LEARNT = frozenset({"scaling", "imputing", "fitting"})
"""Kinds of steps that must not see the rows that are scored."""
_TURN = " in turn"
_INVERSE: dict[type, type] = {
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.NotEq: ast.Eq,
    ast.NotIn: ast.In,
    ast.IsNot: ast.Is,
}


def note(reader: Reader, node: ast.expr, base: Value, key: Value, found: Value) -> None:
    """Record a cut by chance when its second part is taken.

    A first part alone may be a sample to look at; only what is left over makes it a division.
    """
    if base.sort != "data" or base.loops & set(reader.active):
        return  # inside a loop it is one row that is cut
    if key.sort == "index" and str(key.const).startswith("split@"):
        place = reader.place(node)
        event = Split(place, "random", base, UNKNOWN, name="a random split of positions")
        reader.trace.splits.setdefault((str(key.const).partition(":")[0], base.regions), event)
        return
    tail = any(role(one) in {"tail", "test"} for one in found.regions - base.regions)
    shuffled = "shuffled" in base.marks and key.sort != "index"
    drawn = key.sort == "index" and "shuffled" in key.marks
    sliced = isinstance(node, ast.Slice) and shuffled and tail
    if not (sliced or (drawn and tail)):
        return
    place = reader.place(node)
    event = Split(place, "random", base, UNKNOWN, name="a cut by chance", by_hand=True)
    reader.trace.splits.setdefault((place, base.regions), event)


def side_of(node: ast.expr, *, turns: bool = False) -> frozenset[str]:
    """The mark that says which rows a mask keeps, so that its other side can be told.

    ``a < c`` and ``a >= c`` are two sides of one cut, and so are any mask and its inverse.

    >>> side_of(ast.parse("a >= 3", mode="eval").body)
    frozenset({'side:out|a Lt 3'})

    Args:
        node: The mask's expression.
        turns: It keeps the rows of one turn of a loop, such as ``fold == k``.
    """
    found = f"{SIDE}in|{ast.unparse(node)}"
    if isinstance(node, ast.Compare):
        if len(node.ops) > 1:
            return frozenset()
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        name, other = type(node.ops[0]), _INVERSE.get(type(node.ops[0]))
        side = "in" if other is None else "out"
        found = f"{SIDE}{side}|{left} {(other or name).__name__} {right}"
    return frozenset({f"{found}{_TURN}" if turns else found})


def other_side(mark: str) -> str:
    """The mark of the rows that a mask leaves out; other marks stay."""
    if not mark.startswith(SIDE):
        return mark
    side, _, text = mark.removeprefix(SIDE).partition("|")
    return f"{SIDE}{'in' if side == 'out' else 'out'}|{text}"


def without_sides(value: Value) -> Value:
    """Two masks joined are no longer a side of either."""
    kept = frozenset(one for one in value.marks if not one.startswith(SIDE))
    return replace(value, marks=kept)


def sided(reader: Reader, node: ast.expr, base: Value, key: Value, found: Value) -> Value:
    """Rows chosen by a mask whose other side is chosen elsewhere, too: a part of their own."""
    if base.sort != "data":
        return found
    timed = key.has("dated:") or "timecut" in key.marks
    if key.has("role:test"):
        _note_cut(reader, node, base, key, timed=timed)
        note_part(reader, node, base, found)
    marks = [one for one in key.marks if one.startswith(SIDE)] or list(side_of(node))
    plain = found.regions == base.regions and "filtered" in found.marks and not key.has("role:")
    if not plain or len(marks) != 1 or not base.regions:
        return found
    mark = marks[0]
    reader.trace.sides |= {(region, mark) for region in base.regions}
    if not all((region, other_side(mark)) in reader.trace.cuts for region in base.regions):
        return found
    side, _, text = mark.removeprefix(SIDE).partition("|")
    turn = text.endswith(_TURN)
    if turn:
        place = reader.place(node)
        event = Split(place, "given", base, UNKNOWN, name="a fold", cross=True, by_hand=True)
        reader.trace.splits.setdefault((place, base.regions), event)
    elif side == "out":
        _note_cut(reader, node, base, key, timed=timed)
    part = {"in": "fold", "out": "train"}[side] if turn else side
    name = re.sub(r"[/:]", "|", text.removesuffix(_TURN))
    regions = frozenset(f"{one}/mask@{name}:{part}" for one in base.regions)
    marks_now = found.marks - ({"subset", "filtered"} if turn else set())
    return replace(found, regions=regions, marks=marks_now)


def _note_cut(reader: Reader, node: ast.AST, base: Value, key: Value, *, timed: bool) -> None:
    """A mask keeps the later rows, or rows by chance, to score on."""
    if timed:
        reader.trace.hints.add(CUT_BY_TIME)
    if "noise" in key.marks and not base.loops:
        place = reader.place(node)
        event = Split(place, "random", base, UNKNOWN, name="a mask of chance", by_hand=True)
        reader.trace.splits.setdefault((place, base.regions), event)


def note_part(reader: Reader, node: ast.AST, base: Value, part: Value) -> None:
    """Rows called the test rows are taken from a table that a step has been fitted on."""
    new = part.regions - base.regions
    if not any(role(one) == "test" for one in new):
        return
    learnt = frozenset(one for one in base.taints if one.kind in _LEARNT and _saw(one, base))
    if learnt and not any(one.kind == "model" for one in base.taints):  # a table of predictions
        place = reader.place(node)
        rows = replace(base, taints=learnt)
        event = Split(place, "part", rows, UNKNOWN, name="this line", by_hand=True)
        reader.trace.splits.setdefault((place, base.regions), event)


def _saw(taint: Taint, table: Value) -> bool:
    """Whether a step was fitted on all of the rows."""
    return all(any(covers(one, row) for one in taint.regions) for row in table.regions)


def by_chance(key: Value) -> frozenset[str]:
    """The mark of rows that positions or a mask of chance have chosen; often there is none."""
    drawn = key.sort == "index" and "shuffled" in key.marks
    return frozenset({CHANCE} if drawn or {"noise", "mask"} <= key.marks else ())


def note_rest(reader: Reader, node: ast.AST, base: Value, taken: Value) -> None:
    """``table.drop(sample.index)``: what a sample by chance has left over."""
    if "shuffled" in taken.marks and taken.regions:
        place = reader.place(node)
        event = Split(place, "random", base, UNKNOWN, name="a sample by chance", by_hand=True)
        reader.trace.splits.setdefault((place, base.regions), event)


def name_entity(reader: Reader, name: str, value: Value) -> Value:
    """Remember that parts of the files' paths say who or what each file is of."""
    paths = [one for one in value.flat() if one.sort == "data" and "file" in one.marks]
    if not paths or not BEING.search(name) or "part" not in {m for p in paths for m in p.marks}:
        return value
    for one in paths:
        for region in one.regions:
            reader.trace.entities.setdefault(region.split("/")[0], name)
    return value.marked(f"entity:{name}")


def note_counted(reader: Reader, column: Value, *, scored: bool = False) -> None:
    """Who counts the different patients of a table knows that each has several rows.

    Args:
        reader: Of the program.
        column: That is counted or grouped by.
        scored: It groups test rows, which makes any identifier tell, but those of places.
    """
    alone = f"deduplicated:{column.column}" in column.marks
    who = BEING.search(column.column) or (scored and NUMBERED.search(column.column))
    if column.column and who and not alone:
        for region in column.regions:
            reader.trace.counted.setdefault(region.split("/")[0], column.column)


def note_alone(reader: Reader, column: Value) -> None:
    """The code makes sure that no patient has a second row."""
    reader.trace.alone |= {(one.split("/")[0], column.column) for one in column.regions}


def note_folder(reader: Reader, folder: Value) -> None:
    """``root / str(row.patient_id) / row.file``: several files of one patient."""
    if folder.column and BEING.search(folder.column):
        for region in folder.regions:
            reader.trace.entities.setdefault(region.split("/")[0], folder.column)


def is_cut(text: object) -> bool:
    """Whether the part of a region is what a slice has left."""
    return isinstance(text, str) and text.startswith(CUT)


def end_of(node: ast.Slice) -> str:
    """``cut@BOUND:head`` or ``:tail`` where a slice leaves one end of the rows; else nothing.

    Cutting off a row or a few lines lags and leads up with each other: that is no part.
    """
    bound = node.upper if node.lower is None else node.lower
    if bound is None or node.step is not None or (node.lower and node.upper):
        return ""
    text = ast.unparse(bound)
    if re.fullmatch(r"-?\d", text):
        return ""
    return f"{CUT}{re.sub(r'[/:]', '|', text)}:{'head' if node.lower is None else 'tail'}"


def repeated(reader: Reader, node: ast.AST, found: Value, key: Value) -> Value:
    """``table.loc[table.index.repeat(times)]``: rows several times."""
    parts = (key, *key.items)
    if found.sort != "data" or not any("repeated" in one.marks for one in parts):
        return found
    place = reader.place(node)
    return found.tainted(Taint("resampled", "repeat", place.file, place.line, found.regions))
