"""Files: paths put together, and what a program writes to them and reads again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from journeyman.audit.code import estimators, folders
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import UNKNOWN, Value, const

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


def _path(reader: Reader, made: Call) -> Value:
    del reader
    texts = [one.const for one in made.args if isinstance(one.const, str)]
    files = [one for one in made.args if one.sort == "data" and "file" in one.marks]
    if files:
        return files[0]
    return const(texts[-1]) if texts else UNKNOWN


def _path_part(reader: Reader, made: Call) -> Value:
    x = made.get(0)
    return x.marked("part") if x.sort == "data" else _path(reader, made)


def _restore(reader: Reader, made: Call) -> Value:
    """``joblib.load`` and ``pickle.load``: what this code has dumped there."""
    listed = folders.opened(made)
    if listed is not None:
        return listed
    name = str(_path(reader, made).const).rsplit("/", 1)[-1]
    return reader.trace.files.get(name) or (
        estimators.load(reader, made) if made.full.startswith(("numpy", "np", "torch")) else UNKNOWN
    )


def _store(reader: Reader, made: Call) -> Value:
    values = [one for one in made.args if one.sort in {"data", "model", "object", "tuple"}]
    names = [one.const for one in made.args if isinstance(one.const, str)]
    if values and names:
        reader.trace.files[names[0].rsplit("/", 1)[-1]] = values[0]
    return UNKNOWN


MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    **dict.fromkeys(("Path", "join"), _path),
    **dict.fromkeys(("basename", "dirname", "splitext"), _path_part),
    **dict.fromkeys(("dump", "save"), _store),
    **dict.fromkeys(folders.LISTINGS, folders.listing),
    "load": _restore,
}
