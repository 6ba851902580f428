"""Makes a project's repository in the field's habitual layout; it works without Journeyman."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from journeyman.curriculum.project_form import Costs, Split
from journeyman.errors import Conflict, Invalid, Unavailable
from journeyman.projects import git

SKELETON = Path(__file__).parent / "skeleton"
PACKAGE = "solution"
LOCKED = (
    "joblib", "numpy", "pandas", "pyarrow", "python-dateutil", "pytz", "scikit-learn", "scipy",
    "six", "threadpoolctl", "tzdata", "narwhals",
)  # fmt: skip
"""Libraries of the first environment; those that are installed here are locked as they are."""
_PLACES = {"github/ci.yml": ".github/workflows/check.yml", "gitignore": ".gitignore"}


@dataclass(frozen=True)
class Start:
    """What a repository is made from.

    Attributes:
        media: image, sound or text, where each row holds a file; empty for a table.
        texts: Further files, such as ``BRIEF.md``.
    """

    slug: str
    title: str
    summary: str
    task: str
    target: str
    metric: str
    id: str
    table: str
    split: Split
    costs: Costs
    dataset: str = ""
    source: str = ""
    licence: str = "unknown"
    media: str = ""
    texts: Mapping[str, str] | None = None


def make(
    folder: Path,
    start: Start,
    tables: Mapping[str, pd.DataFrame],
    author: str,
    reference: Path | None = None,
) -> str:
    """Write the repository and its first commit.

    Nothing appears under ``folder`` before everything is written.

    Args:
        folder: Does not exist yet, or is empty.
        start: What it is made from.
        tables: Written to ``data/raw``, which git leaves out.
        author: Of the first commit, where git knows no name.
        reference: A folder with a whole solution to copy in the place of the first code.

    Returns:
        The first commit.

    Raises:
        Conflict: the folder holds something.
        Unavailable: git is missing, or the disk is full or read-only.
    """
    require_empty(folder)
    if not git.is_there():
        raise Unavailable(
            "git is not installed, and a project is a git repository; install it (its package is "
            "called git everywhere) and try again."
        )
    made = folder.parent / f".{folder.name}.making"
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        _write(made, start, tables)
        if reference is not None:
            shutil.rmtree(made / "src")
            shutil.copytree(reference, made, dirs_exist_ok=True, ignore=_left_out)
        _data(made / "data" / "raw", tables)
        git.start(made, author)
        if folder.is_dir():
            folder.rmdir()
        os.rename(made, folder)  # noqa: PTH104 - the atomic one
    except OSError as error:
        raise Unavailable(
            f"The project cannot be written to {folder} ({error.strerror}); name another folder or "
            "make room."
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return git.code_of(folder).commit


def require_empty(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        Conflict: it does. Invalid: it is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise Invalid(f"{folder} is a file; name a folder that does not exist yet.")
    if folder.is_dir() and any(folder.iterdir()):
        raise Conflict(
            f"{folder} holds something already, and nothing of it is touched; name a new folder."
        )


def _left_out(_: str, names: Sequence[str]) -> list[str]:
    return [one for one in names if one in {"data", "artifacts", "__pycache__", ".journeyman"}]


def _write(made: Path, start: Start, tables: Mapping[str, pd.DataFrame]) -> None:
    values = _values(start, tables)
    environment = jinja2.Environment(  # noqa: S701 - Python, TOML and Markdown, no HTML
        loader=jinja2.FileSystemLoader(SKELETON),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["toml"] = lambda value: json.dumps(str(value), ensure_ascii=False)
    for file in sorted(SKELETON.rglob("*.jinja")):
        name = file.relative_to(SKELETON).as_posix()
        plain = name.removesuffix(".jinja")
        place = made / _PLACES.get(plain, plain.replace("src/package", f"src/{PACKAGE}"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(environment.get_template(name).render(**values), "utf-8")
    (made / "requirements.lock").write_text(lock_text(start.media), "utf-8")
    for name, text in (start.texts or {}).items():
        if text:
            (made / name).write_text(text, "utf-8")


def _data(raw: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    raw.mkdir(parents=True)
    for name, table in tables.items():
        table.to_parquet(raw / f"{name}.parquet", index=False)


def _values(start: Start, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    named = [f"`{name}` has {len(table):,} rows and {table.shape[1]} columns" for name, table
             in tables.items()]  # fmt: skip
    origin = (
        f"They are the data set `{start.dataset}` of Journeyman's catalogue "
        f"(`journeyman data get {start.dataset}`), without the rows that are kept back for the "
        "final evaluation."
        if start.dataset
        else f"They come from `{Path(start.source).name or start.source}`, without the rows that "
        "are kept back for the final evaluation."
    )
    by = f" by `{start.split.column}`" if start.split.column else ""
    costs = start.costs if start.costs.false_positive and start.costs.false_negative else None
    return {
        "slug": start.slug, "title": start.title.replace("\n", " "), "summary": start.summary,
        "package": PACKAGE, "task": start.task, "target": start.target, "metric": start.metric,
        "id": start.id, "table": start.table, "dataset": start.dataset, "source": start.source,
        "split": start.split, "costs": costs, "media": start.media, "licence": start.licence,
        "classes": start.task in {"binary", "multiclass", "ordinal"},
        "data_sentence": origin,
        "rows_sentence": "; ".join(named) + ".",
        "split_sentence": f"{start.split.kind.capitalize()}{by}. {start.split.why}".strip(),
    }  # fmt: skip


def lock_text(media: str = "") -> str:
    """The first lock file: the libraries' versions as they are installed here."""
    lines = []
    for name in (*LOCKED, "pillow") if media == "image" else LOCKED:
        try:
            lines.append(f"{name}=={importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return "\n".join(lines) + "\n"
