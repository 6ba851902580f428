"""A guided project's entry: ``project.toml`` and the files beside it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from journeyman.curriculum.formats import Slug
from journeyman.errors import Invalid, NotFound

FILE = "project.toml"
FOLDER = "projects"


class _Form(BaseModel):
    """Unknown fields are the content checks' matter; a project that can be done is not refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Split(_Form):
    """How rows that the model will meet differ from those it learns from.

    Attributes:
        kind: temporal, group, stratified, random or official.
        column: The column that it goes by; empty where there is none.
        share: Of the rows that Journeyman keeps back.
    """

    kind: str
    column: str = ""
    why: str = ""
    share: Annotated[float, Field(gt=0, lt=0.5)] = 0.15


class Costs(_Form):
    """What the two errors of a yes-or-no decision cost, or a sentence where that says more."""

    false_positive: Annotated[float, Field(ge=0)] | None = None
    false_negative: Annotated[float, Field(ge=0)] | None = None
    unit: str = ""
    text: str = ""


class Constraints(_Form):
    """What the model has to keep to when it is used."""

    latency_ms: float | None = None
    memory_mib: float | None = None
    fairness: str = ""


class Milestone(_Form):
    """One step of the way, and how one sees that it is done."""

    slug: Slug
    title: str
    skills: tuple[str, ...] = ()
    done_when: str = ""


class Criterion(_Form):
    """One line of the rubric."""

    criterion: str
    weight: float = 1.0
    excellent: str = ""


def _as_costs(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _as_names(value: Any) -> Any:
    return {"fairness": value} if isinstance(value, str) else value


class _EntryForm(_Form):
    slug: Slug
    version: Annotated[int, Field(ge=1)] = 1
    title: str
    summary: str
    dataset: str
    task: str
    target: str
    metric: str
    split: Split
    costs: Annotated[Costs, BeforeValidator(_as_costs)] = Costs()
    constraints: Annotated[Constraints, BeforeValidator(_as_names)] = Constraints()
    skills: dict[Slug, Annotated[float, Field(gt=0, le=1)]]
    milestones: tuple[Milestone, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    table: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """One guided project.

    Attributes:
        table: The table that holds the target; found by its column where it is empty.
        id: A column that names each row, where there is one.
        sha256: Of ``project.toml``, which says what is asked and how it is measured.
    """

    slug: str
    version: int
    title: str
    summary: str
    dataset: str
    task: str
    target: str
    metric: str
    split: Split
    costs: Costs
    constraints: Constraints
    skills: Mapping[str, float]
    milestones: tuple[Milestone, ...]
    rubric: tuple[Criterion, ...]
    table: str
    id: str
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
        form = _EntryForm.model_validate(tomllib.loads(data.decode("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(f"{file} cannot be read: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise Invalid(f"{file}: {where}: {first['msg']}.") from error
    fields = {name: getattr(form, name) for name in _EntryForm.model_fields}
    return Project(**fields, sha256=hashlib.sha256(data).hexdigest(), folder=folder)


@dataclass(frozen=True)
class Catalogue:
    """Every project that loads, and a sentence for each that does not."""

    entries: Mapping[str, Project]
    faults: Mapping[str, str] = field(default_factory=dict)

    def find(self, slug: str) -> Project:
        """The project of that name.

        Raises:
            NotFound: there is none. Invalid: its entry is broken.
        """
        if slug in self.faults:
            raise Invalid(self.faults[slug])
        if slug not in self.entries:
            raise NotFound(
                f"There is no project {slug!r}; `journeyman project list` names them all, and "
                "`journeyman project new --data FILE DIR` starts one with data of your own."
            )
        return self.entries[slug]


def catalogue(roots: Iterable[Path]) -> Catalogue:
    """Read every project of these banks, from their folders ``projects``."""
    entries: dict[str, Project] = {}
    faults: dict[str, str] = {}
    for root in roots:
        for file in sorted((root / FOLDER).glob(f"*/{FILE}")):
            try:
                entry = load_entry(file.parent)
            except Invalid as error:
                faults[file.parent.name] = error.message
                continue
            entries.setdefault(entry.slug, entry)
    return Catalogue(entries, faults)
