"""What happened while reading: splits, fits, scores, choices and draws of chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from journeyman.audit.code.values import Value
from journeyman.audit.finding import Place


@dataclass(frozen=True)
class Split:
    """Rows were cut: ``how`` is random, ordered, grouped, time, given, sliced or part.

    A part is taken from rows on which a step was fitted, in whatever way.

    ``groups`` names what the cut was given to keep together, whether it does so or not.
    """

    place: Place
    how: str
    x: Value
    y: Value
    seeded: bool = True
    name: str = "train_test_split"
    cross: bool = False
    by_hand: bool = False
    groups: str = ""


@dataclass(frozen=True)
class Fit:
    """A step or a model was fitted; ``watched`` is what early stopping looked at."""

    place: Place
    name: str
    x: Value
    y: Value
    search: bool = False
    step: bool = False
    watched: Value | None = None
    columns_chosen: bool = False


@dataclass(frozen=True)
class Score:
    """A number that says how good predictions are, on ``rows``."""

    place: Place
    metric: str
    value: Value
    rows: frozenset[str]
    active: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The best of several scores was taken; ``told`` if nothing but the number was kept of it."""

    place: Place
    value: Value
    active: tuple[str, ...] = ()
    threshold: bool = False
    told: bool = False


@dataclass
class Loop:
    """A loop and what its variable is used for: seed, param, threshold, fold, model or epoch."""

    line: int
    uses: set[str] = field(default_factory=set)
    length: int | None = None


@dataclass
class Trace:
    """Everything that rules look at.

    By what was loaded: ``entities`` and ``counted``, columns that say who or what a row is of, and
    ``alone``, those of which the code makes sure that each value has one row. By
    the file of code: ``handed``, tables written to a file that only the caller knows, and
    ``received``, those of an earlier reading. ``settings`` are what JSON, TOML and YAML files say;
    ``objects`` the last made of each class, by its definition; ``weighed`` probabilities that were
    multiplied with what is at stake; ``fed`` what networks were called on; ``labels`` what row
    numbers are called in files; ``sides`` the masks by which rows of a region were chosen, and
    ``cuts`` those that an earlier reading has found.
    """

    splits: dict[object, Split] = field(default_factory=dict)
    fits: dict[object, Fit] = field(default_factory=dict)
    scores: dict[object, Score] = field(default_factory=dict)
    choices: dict[object, Choice] = field(default_factory=dict)
    draws: dict[tuple[Place, str], str] = field(default_factory=dict)
    loops: dict[str, Loop] = field(default_factory=dict)
    files: dict[str, Value] = field(default_factory=dict)
    seeded: set[str] = field(default_factory=set)
    handed: dict[str, Value] = field(default_factory=dict)
    received: dict[str, Value] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    entities: dict[str, str] = field(default_factory=dict)
    hints: set[str] = field(default_factory=set)
    averaged: set[Value] = field(default_factory=set)
    counted: dict[str, str] = field(default_factory=dict)
    alone: set[tuple[str, str]] = field(default_factory=set)
    objects: dict[object, Value] = field(default_factory=dict)
    weighed: dict[Place, Value] = field(default_factory=dict)
    sides: set[tuple[str, str]] = field(default_factory=set)
    cuts: frozenset[tuple[str, str]] = frozenset()
    fed: dict[Place, Value] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)

    def used(self, loops: frozenset[str], use: str) -> None:
        """Note what loop variables are used for."""
        for one in loops:
            if one in self.loops:
                self.loops[one].uses.add(use)

    def uses_of(self, loops: frozenset[str]) -> set[str]:
        """What the variables of these loops are used for."""
        return set().union(*(self.loops[one].uses for one in loops if one in self.loops))
