"""Looks through a folder: which files are code, tables, settings, texts, and the log of runs."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from journeyman.audit.code.sources import settings
from journeyman.audit.table.reading import read_table
from journeyman.errors import Invalid, JourneymanError

SKIPPED = frozenset(
    {
        ".git",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".ipynb_checkpoints",
        "site-packages",
        ".tox",
        ".mypy_cache",
        ".ruff_cache",
        "build",
        "dist",
    }
)
TABLES = frozenset({".csv", ".tsv", ".parquet", ".pq"})
LARGEST_CODE = 2 * 1024 * 1024
LARGEST_SETTINGS = 64 * 1024
LARGEST_TABLE = 512 * 1024 * 1024
LARGEST_NOTEBOOK = 128 * 1024 * 1024
"""Mostly pictures, which are left out of what is kept."""
MOST_FILES = 5_000
MOST_OTHERS = 500
"""Settings, notes and reports: beyond so many they are data."""
_SETTINGS = frozenset({".json", ".toml", ".yaml", ".yml"})
_READ = frozenset({".py", ".ipynb", ".jsonl", ".md", ".txt", ".rst", *_SETTINGS, *TABLES})
_TEXTS = frozenset({".md", ".txt", ".rst"})
_LOGS = re.compile(
    r"(^|[_/-])(runs?|trials?|log|experiments?|results|history)[^/]*\.(csv|jsonl|json)$"
)


@dataclass
class Folder:
    """What a folder holds.

    Attributes:
        tables: Paths by their name in the folder. code: Source texts. runs: The log of runs.
        settings: From JSON, TOML and YAML, flat, in lower case. configs: The same files as texts,
            for the code that asks them for names. texts: README and reports. written: Their names.
        passed_over: A sentence for each file that was not read.
    """

    tables: dict[str, Path] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    configs: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    runs: Path | None = None
    passed_over: dict[str, str] = field(default_factory=dict)


def look(path: Path) -> Folder:
    """What ``path`` holds, a folder or one file.

    Raises:
        Invalid: there are so many files that it is no project's folder.
    """
    found = Folder()
    root = path if path.is_dir() else path.parent
    for file in sorted(_files(path)) if path.is_dir() else [path]:
        _take(found, file, file.relative_to(root).as_posix())
    return found


def code_in(root: Path, left_out: Collection[str]) -> Folder:
    """Only the code and notebooks of a folder, with what of them was not read.

    Args:
        root: The folder.
        left_out: Names of folders and files beside those that are never looked at.

    Raises:
        Invalid: as for ``look``.
    """
    found = Folder()
    for file in sorted(_files(root, SKIPPED.union(left_out))):
        name, size = file.relative_to(root).as_posix(), file.stat().st_size
        if file.suffix.lower() in {".py", ".ipynb"}:
            _take_code(found, file, name, size)
        elif file.suffix.lower() in _SETTINGS:
            _take_settings(found, file, name, size)
    return found


def _take(found: Folder, file: Path, name: str) -> None:
    suffix, size = file.suffix.lower(), file.stat().st_size
    if suffix in {".py", ".ipynb"}:
        _take_code(found, file, name, size)
    elif _LOGS.search(name.lower()) and _is_log(file):
        found.runs = found.runs or file
    elif suffix in TABLES:
        if size <= LARGEST_TABLE:
            found.tables[name] = file
        else:
            found.passed_over[name] = f"{name} is {_size(size)}; give a sample of its rows."
    elif size > LARGEST_CODE:
        return
    elif suffix in _SETTINGS:
        found.settings.update(_flat_settings(file))
        _take_settings(found, file, name, size)
    elif suffix in _TEXTS and "requirements" not in name.lower():
        found.texts.append(file.read_text("utf-8", errors="replace"))
        found.written.append(name)


def _take_settings(found: Folder, file: Path, name: str, size: int) -> None:
    """Small files of settings are read with the code, which may ask them for names."""
    if size <= LARGEST_SETTINGS:
        found.configs[name] = file.read_text("utf-8", errors="replace")


def _take_code(found: Folder, file: Path, name: str, size: int) -> None:
    notebook = file.suffix.lower() == ".ipynb"
    if size > (LARGEST_NOTEBOOK if notebook else LARGEST_CODE):
        cure = "clear its outputs" if notebook else "keep data out of code"
        found.passed_over[name] = f"{name} is {_size(size)} and was not read; {cure}."
        return
    text = file.read_text("utf-8", errors="replace")
    found.code[name] = _without_outputs(text) if notebook and size > LARGEST_CODE else text


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:,.0f} MB"


def _without_outputs(text: str) -> str:
    """A notebook whose outputs are only known to be there."""
    try:
        document = json.loads(text)
        for cell in document.get("cells", []):
            if cell.get("outputs"):
                cell["outputs"] = [{"output_type": "left out"}]
            cell.pop("attachments", None)
        return json.dumps(document)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return text


def _files(path: Path, left_out: Collection[str] = SKIPPED) -> Iterator[Path]:
    count = others = 0
    for file in path.rglob("*"):
        inside = file.relative_to(path).parts
        if any(part in left_out for part in inside) or file.suffix.lower() not in _READ:
            continue
        if not file.is_file() or file.is_symlink():
            continue
        reviewed = file.suffix.lower() in {".py", ".ipynb", *TABLES}
        count += reviewed
        others += not reviewed
        if count > MOST_FILES:
            raise Invalid(
                f"{path} holds more than {MOST_FILES:,} files of code and tables; "
                "name the project's folder."
            )
        if reviewed or others <= MOST_OTHERS:
            yield file


def _is_log(file: Path) -> bool:
    table = log(file)
    return table is not None and len(table) >= 2 and len(table) <= 5_000


def log(file: Path) -> pd.DataFrame | None:
    """The log of runs as a table; None where it is none."""
    try:
        if file.suffix == ".jsonl":
            lines = file.read_text("utf-8").splitlines()
            return pd.json_normalize([json.loads(line) for line in lines if line.strip()])
        if file.suffix == ".json":
            data = json.loads(file.read_text("utf-8"))
            data = data.get("runs", data.get("trials", [])) if isinstance(data, dict) else data
            return pd.json_normalize(data) if isinstance(data, list) and data else None
        return read_table(file).frame
    except (ValueError, OSError, JourneymanError, TypeError, AttributeError, NotImplementedError):
        return None


def _flat_settings(file: Path) -> dict[str, Any]:
    try:
        data = settings({file.name: file.read_text("utf-8")}).get(file.name)
    except (ValueError, OSError):
        return {}
    if file.name == "pyproject.toml" and isinstance(data, dict):
        data = data.get("tool", {}).get("journeyman", {})
    return _flat(data) if isinstance(data, dict) else {}


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found.update({**_flat(value), **{f"{key}.{k}": v for k, v in _flat(value).items()}})
        else:
            found[str(key).lower()] = value
    return found
