"""Folders of files as rows, and lists of rows that a loop fills one by one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code.values import PIECE, Value, join, role_of_name

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call
    from journeyman.audit.code.reader import Reader

LISTINGS = frozenset({"glob", "iglob", "rglob", "iterdir", "listdir", "scandir", "walk"})
"""Calls that list files."""
PARTS = frozenset({"name", "stem", "parent", "parents", "parts"})
"""Attributes of a path that say what its file is of."""
EACH = "each"
"""The name of a list with one item for each of something."""
VERSIONS = "versions"
"""The mark of a loop variable that is a row as it is in one turn and a changed copy in another."""


def listing(reader: Reader, made: Call) -> Value:
    """The files of a folder: rows of their own, in the part that the folder's name says."""
    given = [made.base, *made.everything]
    within = [one for one in given if one.sort == "data" and "file" in one.marks]
    if within:
        return within[0]
    texts = [one.const for one in given if isinstance(one.const, str)]
    parts = [one for text in texts for one in re.split(r"[\\/]+", text) if one]
    said = next((role_of_name(one) for one in reversed(parts) if role_of_name(one)), "")
    region = f"load@{made.place.file}#{made.name}#{'|'.join(texts) or made.node.lineno}"
    region = region.replace("/", "|").replace(":", "|") + (f":{said}" if said else "")
    del reader
    return Value("data", regions=frozenset({region}), marks=frozenset({"file"}))


def opened(made: Call) -> Value | None:
    """The rows that a loader reads from files of a listing; None where it opens something else."""
    for one in made.everything:
        if one.sort == "data" and one.marks & {"file", PIECE}:
            return replace(one, marks=one.marks - {"file"})
    return None


def in_turn(values: list[Value], found: Value) -> Value:
    """The variable of a loop over ``values``: rows as they are, beside changed copies of them?"""
    rows = [one for one in values if one.sort == "data"]
    return found.marked(VERSIONS) if _versions(rows) else found


def _versions(rows: list[Value]) -> bool:
    """Whether changed copies of rows are among them, beside the rows or beside other copies."""
    changed = [one for one in rows if "altered" in one.marks]
    return any(
        one.regions & other.regions
        for at, other in enumerate(changed)
        for one in (*changed[at + 1 :], *(row for row in rows if "altered" not in row.marks))
    )


def held(value: Value, made: Call) -> Value:
    """The rows that a data set of one's own holds; any other value stays what it is."""
    if value.sort != "object" or value.thing is None:
        return value
    inner = [*value.thing.items, *value.thing.fields.values()]
    lists = [filled_list(one, made, ()) for one in inner if one.sort == "list"]
    rows = [one for one in (*inner, *lists) if one is not None and one.sort == "data"]
    return join(rows, "data") if rows else value


def objects(items: Iterable[Value]) -> Value | None:
    """The table that a list of objects or tuples stands for, one a row; None where it is none."""
    parts = [
        inner
        for one in items
        for inner in (one, *one.items, *(one.thing.fields.values() if one.thing else ()))
        if inner.sort == "data"
    ]
    if not parts:
        return None
    found = join(parts, "data")
    return replace(found, loops=frozenset(), marks=found.marks - {"appended", "part"})


def _row(item: Value) -> Value:
    """A row that is given as a dictionary or a tuple of what was computed for it."""
    if item.sort not in {"dict", "tuple", "list"}:
        return item
    parts = [one for one in item.flat() if one.sort in {"data", "stat"}]
    if not parts or any(one.sort == "score" for one in item.flat()):
        return item
    return replace(join(parts, "data"), uses=frozenset(), marks=join([*parts, item]).marks)


def filled(made: Call, active: Collection[str]) -> Value | None:
    """``np.array(rows)`` after a loop appended to ``rows``: a table, with copies if it made some.

    Each turn of the loop appends another row, so that equal regions alone are no repetition.
    """
    return filled_list(made.get(0, "object", "data", "arrays", "tup", "objs"), made, active)


def filled_list(given: Value, made: Call, active: Collection[str]) -> Value | None:
    """The table that a list of appended rows stands for; None where it is none.

    Args:
        given: The list.
        made: The call that takes it for a table, named as the place of any copies.
        active: The loops around the call.
    """
    if given.sort != "list" or given.thing is None:
        return None
    rows = [_row(one) for one in given.thing.items]
    plain_rows = all(one.sort in {"data", "stat"} and PIECE in one.marks for one in rows)
    if given.name == EACH and rows and plain_rows:
        found = join(rows, "data")  # one row for each row of another table
        found = replace(found, loops=frozenset(), marks=found.marks - {PIECE, VERSIONS})
        copies = any(VERSIONS in one.marks for one in rows)
        return found.tainted(made.taint("augmented", made.name, found.regions)) if copies else found
    within = any(one.loops & set(active) for one in rows)
    if within and plain_rows and _versions(rows):  # several copies of the loop's one row
        return join(rows, "data").marked(VERSIONS)
    return _appended([one for one in rows if one.sort == "data"], made)


def _appended(rows: list[Value], made: Call) -> Value | None:
    """The table of rows that were appended one after the other, changed copies among them."""
    if not rows or not all("appended" in one.marks and "drawn" not in one.marks for one in rows):
        return None
    changed = [one for one in rows if one.marks & {"altered", VERSIONS}]
    plain = [one for one in rows if "altered" not in one.marks or VERSIONS in one.marks]
    found = join(rows)
    marks = found.marks - {"appended", "altered", VERSIONS, "subset", "filtered", "mask", PIECE}
    table = replace(rows[0], regions=found.regions, taints=found.taints, marks=marks)
    table = replace(table, loops=found.loops, uses=found.uses, whole=False)
    if any(one.regions & other.regions for one in plain for other in changed):
        taint = made.taint("augmented", made.name, found.regions)
        return table.tainted(taint)
    return table
