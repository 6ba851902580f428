"""A competition's entry: ``competition.toml`` and the files beside it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from journeyman.curriculum.catalogue import Catalogue
from journeyman.curriculum.catalogue import catalogue as read_all
from journeyman.curriculum.formats import Form, Slug
from journeyman.errors import Invalid, JourneymanError
from journeyman.scoring import registry
from journeyman.scoring.metric import Metric

Task = Literal["binary", "multiclass", "regression", "ordinal", "ranking", "forecast", "policy"]
SplitKind = Literal["temporal", "group", "random", "official"]
Level = Literal["L0", "L1", "L2", "L3"]
FILE = "competition.toml"
OWN = Path(__file__).parent / "tracks"
"""Competitions that need no data, such as policies in an environment, ship with the code."""

LEVELS: Mapping[Level, str] = {
    "L0": "practice: the labels lie on the learner's own disk",
    "L1": "re-run: the submission is code, run anew without network on a split that its hash drew",
    "L2": "kept apart: a host keeps the labels and scores for the learner",
    "L3": "unpublished: the host's own data, sealed, never published before",
}
_SPLITS = {"grouped": "group", "time": "temporal", "speaker": "group", "hash": "random"}


@dataclass(frozen=True, slots=True)
class Split:
    """How the test rows were set apart, by which column, and why so."""

    kind: SplitKind
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Trap:
    """A known way to a score that means nothing.

    Attributes:
        hint: What to look at, without naming it.
        says: The trap by its name, told only after the hint was seen.
        detects: Columns whose use gives it away, as ``column:NAME``, and scores, as ``score>0.95``.
    """

    name: str
    hint: str
    says: str
    detects: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that no honest model uses."""
        marked = (clause.partition(":") for clause in self.detects)
        return tuple(name.strip() for kind, _, name in marked if kind == "column" and name)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The best score that is plausible without a trap; None where no source is named for it."""

    score: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """For policies: the environment and how often it is played."""

    environment: str
    episodes: int
    longest: int


@dataclass(frozen=True, slots=True)
class Competition:
    """One competition as the rest of the program sees it.

    Attributes:
        id: Name of the id column.
        prediction: The columns that a submission holds beside the id.
        public_share: Share of the test rows that the public board scores.
        level: Of a submitted file; code reaches L1 by being run anew.
        sealed: Whether the labels are sealed with a password or kept by the host.
        folder: Where the entry lies.
    """

    slug: str
    version: int
    title: str
    summary: str
    dataset: str
    target: str
    id: str
    task: Task
    metric: Metric
    prediction: tuple[str, ...]
    split: Split
    public_share: float
    skills: Mapping[str, float]
    ceiling: Ceiling
    traps: tuple[Trap, ...]
    level: Level
    sha256: str
    folder: Path
    sealed: bool = False
    classes: tuple[str, ...] = ()
    rules: Rules | None = None
    opt_in: bool = False

    def text(self, name: str) -> str:
        """A text of the entry, such as ``description.md``; empty where there is none."""
        file = self.folder / name
        return file.read_text("utf-8") if file.is_file() else ""

    @property
    def rung_files(self) -> tuple[Path, ...]:
        """The code of the house field, in name order."""
        return tuple(sorted((self.folder / "house").glob("[!_]*.py")))


def _split_kind(kind: Any) -> Any:
    return _SPLITS.get(kind, kind)


def _as_clauses(value: Any) -> Any:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


class SplitForm(Form):
    """``[split]``."""

    kind: Annotated[SplitKind, BeforeValidator(_split_kind)]
    column: str = ""
    why: Annotated[str, Field(min_length=10)]


class TrapForm(Form):
    """One ``[[traps]]``."""

    name: Annotated[str, Field(min_length=3)]
    hint: Annotated[str, Field(min_length=10)]
    says: Annotated[str, Field(min_length=10)]
    detects: Annotated[tuple[str, ...], BeforeValidator(_as_clauses)] = ()


class CeilingForm(Form):
    """``[ceiling]``."""

    score: Annotated[float, Field(allow_inf_nan=False)] | None = None
    source: str = ""


class RulesForm(Form):
    """``[policy]``: only where the task is a policy."""

    environment: Annotated[str, Field(pattern=r"^[A-Za-z0-9_/-]+-v\d+$")]
    episodes: Annotated[int, Field(ge=5, le=500)] = 40
    longest: Annotated[int, Field(ge=1, le=5000)] = 1000


class CompetitionForm(Form):
    """A file ``competition.toml``."""

    slug: Slug
    version: Annotated[int, Field(ge=1)]
    title: Annotated[str, Field(min_length=3, max_length=200)]
    summary: Annotated[str, Field(min_length=10)]
    dataset: str = ""
    target: str = ""
    id: str = "id"
    task: Task
    metric: str
    prediction: Annotated[tuple[str, ...], Field(min_length=1)] = ("prediction",)
    split: SplitForm
    public_share: Annotated[float, Field(ge=0, lt=1)] = 0.3
    skills: dict[Slug, Annotated[float, Field(gt=0, le=1)]]
    ceiling: CeilingForm | Annotated[float, Field(allow_inf_nan=False)] = CeilingForm()
    traps: tuple[TrapForm, ...] = ()
    level: Level = "L0"
    sealed: bool = False
    classes: tuple[str, ...] = ()
    policy: RulesForm | None = None
    opt_in: bool = False
    status: Literal["wip", "beta", "active", "deprecated"] = "active"
    uuid: str = ""
    licence: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _whole(self) -> CompetitionForm:
        needs = registry.get(self.metric).needs
        if (self.task == "policy") != (self.policy is not None):
            raise ValueError("a policy has a section [policy], and nothing else has one")
        if needs != "probabilities" and len(self.prediction) != 1:
            raise ValueError(f"the metric {self.metric} takes one prediction column")
        if not self.skills:
            raise ValueError("name at least one skill with its weight")
        return self


def load_entry(folder: Path) -> Competition:
    """Read one competition's entry.

    Raises:
        Invalid: naming what is wrong with ``competition.toml``.
    """
    file = folder / FILE
    try:
        form = CompetitionForm.model_validate(tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError as error:
        raise Invalid(f"{folder} holds no {FILE}; name a competition's folder.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(f"{file} cannot be read: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise Invalid(f"{file}: {where}: {first['msg'].removeprefix('Value error, ')}.") from error
    except JourneymanError as error:
        raise Invalid(f"{file}: metric: {error.message}") from error
    return _competition(form, folder)


def _competition(form: CompetitionForm, folder: Path) -> Competition:
    ceiling = form.ceiling
    if isinstance(ceiling, float):
        ceiling = CeilingForm(score=ceiling, source="stated by the competition")
    return Competition(
        slug=form.slug,
        version=form.version,
        title=form.title,
        summary=form.summary,
        dataset=form.dataset,
        target=form.target,
        id=form.id,
        task=form.task,
        metric=registry.get(form.metric),
        prediction=form.prediction,
        split=Split(**form.split.model_dump()),
        public_share=form.public_share,
        skills=form.skills,
        ceiling=Ceiling(ceiling.score if ceiling.source else None, ceiling.source),
        traps=tuple(Trap(**trap.model_dump()) for trap in form.traps),
        level=form.level,
        sha256=entry_sha256(form, folder),
        folder=folder,
        sealed=form.sealed,
        classes=form.classes,
        rules=Rules(**form.policy.model_dump()) if form.policy else None,
        opt_in=form.opt_in,
    )


_SCORED = {
    "slug", "version", "uuid", "dataset", "target", "id", "task", "metric", "prediction", "split",
    "public_share", "classes", "policy",
}  # fmt: skip


def entry_sha256(form: CompetitionForm, folder: Path) -> str:
    """The hash of what is scored: the fields that data and scores depend on, and ``prepare.py``.

    Texts, traps and baselines may change without making earlier scores another competition's.
    """
    fields = form.model_dump(mode="json", include=_SCORED)
    fields["split"].pop("why")
    file = folder / "prepare.py"
    code = file.read_bytes() if file.is_file() else b""
    text = json.dumps(fields, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode() + b"\0" + code).hexdigest()


def catalogue(roots: Iterable[Path], shared: Path | None = None) -> Catalogue[Competition]:
    """Read every competition.

    Args:
        roots: Banks: folders that may hold a folder ``competitions``.
        shared: The data directory's folder of competitions, for those that were got from a folder.
    """
    folders = [*(root / "competitions" for root in roots), OWN, *([shared] if shared else [])]
    files = (file for folder in folders for file in sorted(folder.glob(f"*/{FILE}")))
    absent = "There is no competition {slug!r}; `journeyman compete list` names them all."
    return read_all(files, load_entry, absent)
