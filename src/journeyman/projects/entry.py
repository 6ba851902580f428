"""A guided project's entry: ``project.toml`` and the files beside it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from journeyman.curriculum.catalogue import Catalogue
from journeyman.curriculum.catalogue import catalogue as read_all
from journeyman.curriculum.project_form import ProjectForm
from journeyman.errors import Invalid

FILE = "project.toml"
FOLDER = "projects"


class Project(ProjectForm):
    """One guided project.

    Attributes:
        sha256: Of ``project.toml``, which says what is asked and how it is measured.
        folder: Where the entry lies.
    """

    sha256: str
    folder: Path

    def text(self, name: str) -> str:
        """A text of the entry, such as ``brief.md``; empty where there is none."""
        file = self.folder / name
        return file.read_text("utf-8") if file.is_file() else ""


def load_entry(folder: Path) -> Project:
    """Read one entry.

    Raises:
        Invalid: naming what is wrong with ``project.toml``.
    """
    file = folder / FILE
    try:
        data = file.read_bytes()
        said = tomllib.loads(data.decode("utf-8"))
        known = {"sha256": hashlib.sha256(data).hexdigest(), "folder": folder}
        return Project.model_validate({**said, **known})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(f"{file} cannot be read: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise Invalid(f"{file}: {where}: {first['msg']}.") from error


def catalogue(roots: Iterable[Path]) -> Catalogue[Project]:
    """Read every project of these banks, from their folders ``projects``."""
    files = (file for root in roots for file in sorted((root / FOLDER).glob(f"*/{FILE}")))
    return read_all(
        files,
        load_entry,
        "There is no project {slug!r}; `journeyman project list` names them all, and "
        "`journeyman project new --data FILE DIR` starts one with data of your own.",
    )
