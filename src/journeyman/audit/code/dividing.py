"""Rows cut by hand: a shuffled table sliced in two, positions of chance, what a sample leaves."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from journeyman.audit.code.trace import Split
from journeyman.audit.code.values import UNKNOWN, Taint, Value, role

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

_ENTITY = re.compile(
    r"patient|user|customer|client|subject|person|speaker|session|household|device|machine|"
    r"driver|player|student|author|writer|donor|animal|video|clip|scene|song|artist|album|plant|"
    r"tree|cell_line|mouse|mice|eye|slide|tile|house|building|participant|singer|camera|site",
    re.IGNORECASE,
)
CUT = "cut@"
"""Begins the last part of a region that a slice leaves."""


CHANCE = "by chance"


def note(reader: Reader, node: ast.expr, base: Value, key: Value, found: Value) -> None:
    """Record a cut by chance when its second part is taken.

    A first part alone may be a sample to look at; only what is left over makes it a division.
    """
    if base.sort != "data" or base.loops:  # inside a loop it is one row that is cut
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
    if not paths or not _ENTITY.search(name) or "part" not in {m for p in paths for m in p.marks}:
        return value
    for one in paths:
        for region in one.regions:
            reader.trace.entities.setdefault(region.split("/")[0], name)
    return value.marked(f"entity:{name}")


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
