"""Files: paths put together, and what a program writes to them and reads again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import calls, estimators, folders
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import LINES, UNKNOWN, Thing, Value, const

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


_SETTINGS = {"yaml": (".yaml", ".yml"), "json": (".json",), "tomllib": (".toml",)}
"""Which files of settings a library reads."""


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
    said = _settings(reader, made)
    if said is not None:
        return said
    name = str(_path(reader, made).const).rsplit("/", 1)[-1]
    return reader.trace.files.get(name) or (
        estimators.load(reader, made) if made.full.startswith(("numpy", "np", "torch")) else UNKNOWN
    )


def _opened(reader: Reader, made: Call) -> Value:
    """``open("config.yaml")`` is known by its name, and so is what is read from it."""
    found = calls.fallback(reader, made)
    path = made.get(0, "file") if not isinstance(made.base.const, str) else made.base
    if isinstance(path.const, str) and not found.regions:
        return path
    mode = made.get(1, "mode").const
    reads = mode is None or (isinstance(mode, str) and "r" in mode)
    if found.regions or not reads:
        return found
    line = f"load@{made.place.file}#open#{made.node.lineno}".replace("/", "|")
    return Value("unknown", LINES, const=line)


def _read(reader: Reader, made: Call) -> Value:
    """``csv.DictReader(file)`` and ``json.load(file)``: the rows of a file that is not settings."""
    said = _settings(reader, made)
    if said is not None:
        return said
    given = made.get(0)
    if given.name == LINES:
        return Value("data", regions=frozenset({str(given.const)}))
    return calls.fallback(reader, made)


def _settings(reader: Reader, made: Call) -> Value | None:
    """What a file of settings says; None where it is none, or not there."""
    given = [one for one in (made.base, *made.args) if one.name != LINES]
    names = [one.const for one in given if isinstance(one.const, str)]
    known = reader.trace.settings
    if names:
        said = known.get(names[0].rsplit("/", 1)[-1])
        return None if said is None else _plain(said)
    ends = _SETTINGS.get(made.full.split(".")[0], ())
    alike = [one for name, one in known.items() if name.endswith(ends)] if ends else []
    return _plain(alike[0]) if len(alike) == 1 else None  # the only file that it can be


def _plain(said: Any) -> Value:
    if isinstance(said, dict):
        fields = {str(name): _plain(one) for name, one in said.items()}
        return Value("dict", thing=Thing(fields=fields))
    if isinstance(said, list):
        return Value("list", thing=Thing(items=[_plain(one) for one in said]))
    return const(said)


def _parsed(reader: Reader, made: Call) -> Value:
    """``yaml.safe_load(file)`` and its kin."""
    return _settings(reader, made) or calls.fallback(reader, made)


def _store(reader: Reader, made: Call) -> Value:
    values = [one for one in made.args if one.sort in {"data", "model", "object", "tuple", "dict"}]
    names = [one.const for one in made.args if isinstance(one.const, str)]
    if made.name.startswith("savez") and made.kwargs:
        values = [Value("dict", thing=Thing(fields=dict(made.kwargs)))]
    if values and names:
        reader.trace.files[names[0].rsplit("/", 1)[-1]] = values[0]
    return UNKNOWN


MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    **dict.fromkeys(("Path", "join"), _path),
    **dict.fromkeys(("basename", "dirname", "splitext"), _path_part),
    **dict.fromkeys(("dump", "save", "save_npz", "savez", "savez_compressed"), _store),
    **dict.fromkeys(folders.LISTINGS, folders.listing),
    **dict.fromkeys(("DictReader", "reader"), _read),
    **dict.fromkeys(("load", "load_npz"), _restore),
    "open": _opened,
    **dict.fromkeys(("safe_load", "loads", "full_load"), _parsed),
}
