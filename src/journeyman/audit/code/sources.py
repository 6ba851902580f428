"""Python files and notebooks as syntax trees whose lines still know their cell."""

from __future__ import annotations

import ast
import contextlib
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_MAGIC = re.compile(r"^(\s*)([%!?].*|[\w.]+\?{1,2}\s*)$")
_COUNTED = re.compile(r"Name: (proportion|count)\b")
_COUNT = re.compile(r"^\S+[ \t]+(\d+(?:\.\d+)?)$", re.MULTILINE)
RARE = 0.1
"""A class with fewer rows than this share makes accuracy say little."""
_ASSIGNED_MAGIC = re.compile(r"^(\s*)([\w, ]+=)\s*[!%].*$")


@dataclass(frozen=True)
class Cell:
    """A code cell: its number (from 1, among all cells), execution count and tree."""

    number: int
    count: int | None
    source: str
    first_line: int
    tree: ast.Module | None
    has_output: bool = False


@dataclass(frozen=True)
class Unit:
    """One file: its tree, and for a notebook its code cells.

    ``rare`` says that an output shows a class with few rows.
    """

    file: str
    tree: ast.Module
    cells: tuple[Cell, ...] = ()
    rare: bool = False
    faults: tuple[Finding, ...] = field(default=())

    def place(self, line: int) -> Place:
        """The place of a line of the joined source."""
        for cell in reversed(self.cells):
            if line >= cell.first_line:
                return Place(self.file, line - cell.first_line + 1, cell.number)
        return Place(self.file, line)


def read(sources: Mapping[str, str]) -> list[Unit]:
    """Every ``.py`` and ``.ipynb`` of ``sources`` (name to text); other names are passed over.

    A file that cannot be parsed becomes a unit with an empty tree and one fault.
    """
    units = []
    for file, text in sorted(sources.items()):
        if file.endswith(".ipynb"):
            units.append(_notebook(file, text))
        elif file.endswith(".py") or "." not in file.rsplit("/", 1)[-1]:
            units.append(_script(file, text))
    return units


def settings(sources: Mapping[str, str]) -> dict[str, Any]:
    """What the JSON, TOML and YAML files among the sources say, by their names without a folder."""
    found: dict[str, Any] = {}
    for file, text in sources.items():
        name = file.rsplit("/", 1)[-1]
        parse_ = SETTINGS.get(name.rsplit(".", 1)[-1].lower())
        if parse_ is not None:
            with contextlib.suppress(ValueError, RecursionError, yaml.YAMLError):
                found[name] = parse_(text)
    return found


def _yaml(text: str) -> Any:
    if any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, Loader=yaml.SafeLoader)):
        raise ValueError("a value that refers to others may grow without end")
    return yaml.safe_load(text)


SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "yaml": _yaml,
    "yml": _yaml,
}
"""How a file of settings is read, by the end of its name."""


def parse(text: str) -> ast.Module:
    """The tree of ``text``; without warnings about the learner's escapes.

    Raises:
        SyntaxError: whatever makes it unreadable (a NUL, a lone surrogate, too deep a nesting).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text.lstrip("\ufeff"))
        except (ValueError, RecursionError, MemoryError) as error:
            raise SyntaxError(str(error)) from None


def _script(file: str, text: str) -> Unit:
    try:
        return Unit(file, parse(text))
    except SyntaxError as error:
        return Unit(file, ast.Module([], []), faults=(_unreadable(file, error),))


def _unreadable(file: str, error: SyntaxError, cell: int = 0) -> Finding:
    return finding(
        "unreadable-code",
        f"{error.msg}; this part was not reviewed.",
        Place(file, error.lineno or 0, cell),
        severity="note",
    )


def _notebook(file: str, text: str) -> Unit:
    try:
        document = json.loads(text)
        cells = document.get("cells") or [
            cell for sheet in document.get("worksheets", []) for cell in sheet.get("cells", [])
        ]
        cells = list(cells)
    except (ValueError, AttributeError, TypeError, RecursionError):
        broken = SyntaxError("the notebook is not valid JSON")
        return Unit(file, ast.Module([], []), faults=(_unreadable(file, broken),))
    found: list[Cell] = []
    faults: list[Finding] = []
    body: list[ast.stmt] = []
    line = 1
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = _plain(cell)
        try:
            tree = parse(source)
        except SyntaxError as error:
            faults.append(_unreadable(file, error, number))
            found.append(Cell(number, _count(cell), source, line, None, bool(cell.get("outputs"))))
            line += source.count("\n") + 1
            continue
        found.append(Cell(number, _count(cell), source, line, tree, bool(cell.get("outputs"))))
        body += [ast.increment_lineno(statement, line - 1) for statement in parse(source).body]
        line += source.count("\n") + 1
    rare = any(_shows_rare(cell) for cell in cells if isinstance(cell, dict))
    return Unit(file, ast.Module(body, []), tuple(found), rare, tuple(faults))


def _shows_rare(cell: Mapping[str, Any]) -> bool:
    """Whether a cell has printed ``value_counts`` of two classes, one of them rare."""
    outputs = cell.get("outputs")
    for one in outputs if isinstance(outputs, list) else []:
        data = one.get("data", {}) if isinstance(one, dict) else {}
        shown = one.get("text") or data.get("text/plain", "") if isinstance(one, dict) else ""
        text = "".join(map(str, shown)) if isinstance(shown, list) else str(shown)
        counts = [float(found) for found in _COUNT.findall(text)]
        counted = _COUNTED.search(text) or "value_counts" in _plain(cell)
        if counted and len(counts) == 2 and 0 < min(counts) < RARE * sum(counts):
            return True
    return False


def _count(cell: Mapping[str, Any]) -> int | None:
    count = cell.get("execution_count", cell.get("prompt_number"))
    return count if isinstance(count, int) else None


def _plain(cell: Mapping[str, Any]) -> str:
    """The cell's source with shell lines and magics taken out, lines kept in place."""
    source = cell.get("source", cell.get("input", ""))
    text = "".join(str(part) for part in source) if isinstance(source, list) else str(source)
    if text.lstrip().startswith("%%"):
        first, _, rest = text.lstrip().partition("\n")
        python = first.split()[0] in {"%%time", "%%timeit", "%%capture", "%%prun"}
        text = f"\n{rest}" if python else "\n" * rest.count("\n")
    lines = []
    for line in text.split("\n"):
        kept = _ASSIGNED_MAGIC.sub(r"\1\2 None", line)
        lines.append(_MAGIC.sub(r"\1pass", kept))
    return "\n".join(lines)
