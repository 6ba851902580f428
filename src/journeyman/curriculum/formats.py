"""The shape of every file of the bank, as pydantic models: the edge where bad content is caught."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=300)]
StatusName = Literal["wip", "beta", "active", "deprecated"]


class Form(BaseModel):
    """Base of all forms: unknown keys are errors, so that a typing slip is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReferenceForm(Form):
    """A link for further study; ``verified_on`` is empty until somebody opened it."""

    title: Sentence
    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    kind: Literal["book", "course", "docs", "paper", "article", "video"]
    licence: str = ""
    verified_on: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""


class AreaForm(Form):
    """``[area]`` of a skills file."""

    slug: Slug
    title: Sentence
    summary: Sentence


class SkillForm(Form):
    """One ``[[skill]]`` of a skills file."""

    slug: Slug
    uuid: UUID
    title: Sentence
    summary: Sentence
    requires: tuple[Slug, ...] = ()
    minutes: Annotated[int, Field(ge=5, le=240)] = 20
    difficulty: Annotated[float, Field(ge=-4, le=4)] = 0.0


class SkillsForm(Form):
    """A file ``skills/<area>.toml``."""

    area: AreaForm
    skill: tuple[SkillForm, ...]


class MisconceptionForm(Form):
    """One ``[[misconception]]`` of ``vocabulary/<area>.toml``."""

    slug: Slug
    title: Sentence
    summary: Sentence


class VocabularyForm(Form):
    """A file ``vocabulary/<area>.toml``."""

    misconception: tuple[MisconceptionForm, ...]


class RoleForm(Form):
    """A file ``roles/<slug>.toml``: something to aim at."""

    slug: Slug
    uuid: UUID
    version: Annotated[int, Field(ge=1)]
    title: Sentence
    summary: Sentence
    licence: str
    source: str
    skills: Annotated[dict[Slug, Annotated[float, Field(gt=0, le=1)]], Field(min_length=1)]


class LessonForm(Form):
    """Front matter of ``lessons/<skill>/lesson.md``."""

    uuid: UUID
    version: Annotated[int, Field(ge=1)]
    status: StatusName = "active"
    licence: str
    source: str
    figure_alt: Annotated[str, Field(min_length=30, max_length=600)]
    figure_caption: Annotated[str, Field(min_length=10, max_length=300)]
    references: tuple[ReferenceForm, ...]


class EntryForm(Form):
    """What items and exercises have in common."""

    slug: Slug
    uuid: UUID
    version: Annotated[int, Field(ge=1)]
    status: StatusName = "active"
    title: Sentence
    skills: dict[Slug, Annotated[float, Field(gt=0, le=1)]]
    difficulty: Annotated[float, Field(ge=-4, le=4)] = 0.0
    minutes: Annotated[float, Field(gt=0, le=240)]
    licence: str
    source: str

    @field_validator("skills")
    @classmethod
    def _at_least_one(cls, skills: dict[str, float]) -> dict[str, float]:
        if not skills:
            message = "name at least one skill with its weight"
            raise ValueError(message)
        return skills


class ItemForm(EntryForm):
    """A file ``items/<slug>/item.toml``."""

    kind: Literal["choice", "number"]
    guess: Annotated[float, Field(ge=0, lt=0.6)] | None = None
    slip: Annotated[float, Field(ge=0, lt=0.5)] = 0.08


class LimitsForm(Form):
    """``[limits]`` of an exercise."""

    cpu_seconds: Annotated[float, Field(gt=0, le=120)] = 5.0
    wall_seconds: Annotated[float, Field(gt=0, le=240)] = 10.0
    memory_mb: Annotated[int, Field(ge=64, le=8192)] = 512


class EquivalentForm(Form):
    """``[[equivalent]]``: a mutant of the reference that no test can tell from it, and why."""

    mutant: str
    reason: Annotated[str, Field(min_length=15)]


class ExerciseForm(EntryForm):
    """A file ``exercises/<slug>/exercise.toml``."""

    entry: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
    tier: Literal["numpy", "sklearn", "torch"] = "numpy"
    limits: LimitsForm = LimitsForm()
    rtol: Annotated[float, Field(ge=0)] = 1e-6
    atol: Annotated[float, Field(ge=0)] = 1e-8
    hints: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    forbidden: tuple[str, ...] = ()
    causes: dict[str, str] = {}
    equivalent: tuple[EquivalentForm, ...] = ()
