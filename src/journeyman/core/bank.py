"""The catalogue of everything that can be learnt and practised, as the features see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from journeyman.core.exercise import Exercise
from journeyman.core.item import Item, Status
from journeyman.core.role import Role
from journeyman.core.skill import Reference, SkillGraph


@dataclass(frozen=True, slots=True)
class Lesson:
    """The short text that teaches one skill. ``body`` is Markdown with TeX between dollar signs."""

    skill: str
    uuid: str
    version: int
    body: str
    figure_alt: str
    figure_caption: str
    figure_svg: str = ""
    references: tuple[Reference, ...] = ()
    status: Status = "active"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named wrong idea that distractors are computed from."""

    slug: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong with one file of the bank: where, against which rule, and what to do."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Bank:
    """Every entry that loaded, and a fault for each that did not."""

    graph: SkillGraph
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    misconceptions: Mapping[str, Misconception] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)

    @cached_property
    def items_of(self) -> Mapping[str, tuple[Item, ...]]:
        """For each skill, the items at home there, easiest first."""
        found: dict[str, list[Item]] = {slug: [] for slug in self.graph.skills}
        for item in self.items.values():
            found[item.home].append(item)
        return {
            slug: tuple(sorted(items, key=lambda item: (item.difficulty, item.slug)))
            for slug, items in found.items()
        }

    @cached_property
    def exercises_of(self) -> Mapping[str, tuple[Exercise, ...]]:
        """For each skill, the exercises at home there, easiest first."""
        found: dict[str, list[Exercise]] = {slug: [] for slug in self.graph.skills}
        for exercise in self.exercises.values():
            found[exercise.home].append(exercise)
        return {
            slug: tuple(sorted(entries, key=lambda entry: (entry.difficulty, entry.slug)))
            for slug, entries in found.items()
        }
