"""Skills and the prerequisite graph that joins them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter


@dataclass(frozen=True, slots=True)
class Reference:
    """Where to study further: a link with enough to judge it by."""

    title: str
    url: str
    kind: str
    licence: str
    verified_on: str


@dataclass(frozen=True, slots=True)
class Area:
    """A field of study that skills belong to, such as linear algebra."""

    slug: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Skill:
    """One node of the prerequisite graph: something a person can or cannot do."""

    slug: str
    uuid: str
    title: str
    summary: str
    area: str
    requires: tuple[str, ...] = ()
    minutes: int = 20
    difficulty: float = 0.0
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class SkillGraph:
    """The prerequisite graph: acyclic, every prerequisite known.

    Raises:
        ValueError: if a prerequisite is unknown or the graph has a cycle.

    >>> a, b = Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "x", ("a",))
    >>> graph = SkillGraph.of([b, a])
    >>> graph.order, graph.opens["a"], graph.ancestors("b")
    (('a', 'b'), ('b',), frozenset({'a'}))
    """

    skills: Mapping[str, Skill]
    areas: Mapping[str, Area] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for skill in self.skills.values():
            for slug in skill.requires:
                if slug not in self.skills:
                    message = f"skill {skill.slug!r} requires {slug!r}, which does not exist"
                    raise ValueError(message)
        try:
            _ = self.order
        except CycleError as error:
            message = "prerequisites go in a circle: " + " -> ".join(error.args[1])
            raise ValueError(message) from error

    @classmethod
    def of(cls, skills: Iterable[Skill], areas: Iterable[Area] = ()) -> SkillGraph:
        """Build a graph from skills in any order."""
        return cls({s.slug: s for s in skills}, {a.slug: a for a in areas})

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Slugs so that each comes after all of its prerequisites; ties keep the bank's order."""
        sorter = TopologicalSorter({s.slug: s.requires for s in self.skills.values()})
        return tuple(sorter.static_order())

    @cached_property
    def opens(self) -> Mapping[str, tuple[str, ...]]:
        """For each skill, the skills that require it directly."""
        found: dict[str, list[str]] = {slug: [] for slug in self.skills}
        for skill in self.skills.values():
            for slug in skill.requires:
                found[slug].append(skill.slug)
        return {slug: tuple(names) for slug, names in found.items()}

    def ancestors(self, slug: str) -> frozenset[str]:
        """Every skill that must be held before ``slug``, directly or not."""
        return self._closure(slug, {s.slug: s.requires for s in self.skills.values()})

    def descendants(self, slug: str) -> frozenset[str]:
        """Every skill that ``slug`` leads to, directly or not."""
        return self._closure(slug, self.opens)

    @staticmethod
    def _closure(slug: str, edges: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        seen: set[str] = set()
        stack = list(edges[slug])
        while stack:
            current = stack.pop()
            if current not in seen:
                seen.add(current)
                stack.extend(edges[current])
        return frozenset(seen)
