"""What a portfolio shows, as plain values: each thing with its evidence and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from journeyman.core.evidence import Evidence
from journeyman.core.exercise import Exercise
from journeyman.core.mastery import Mastery
from journeyman.core.skill import Skill
from journeyman.portfolio.choices import Choices
from journeyman.portfolio.figures import Figures, Looked
from journeyman.portfolio.measured import Measured
from journeyman.portfolio.projects import ShownProject
from journeyman.portfolio.resume import Own
from journeyman.portfolio.writing import Post
from journeyman.store.attempts import Learner


@dataclass(frozen=True, slots=True)
class ShownSkill:
    """A skill held on evidence of its own."""

    skill: Skill
    area: str
    mastery: Mastery
    evidence: tuple[Evidence, ...]
    measured: Measured


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """An exercise passed, with the learner's own code."""

    exercise: Exercise
    summary: str
    source: str
    evidence: Evidence
    tries: int
    after_solution: bool
    skills: tuple[str, ...]
    measured: Measured


@dataclass(frozen=True, slots=True)
class Contest:
    """What is known of a competition beside the record: its words, and its board now.

    Attributes:
        rank: Of the submission that the learner stood by; shared within its tie group.
        tied: The house baselines that it cannot be told apart from.
    """

    slug: str
    title: str
    summary: str
    metric: str
    metric_title: str
    better: str
    rows: int = 0
    rank: int | None = None
    lines: int = 0
    tied: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ShownCompetition:
    """A competition that was closed, with the submission that the learner stood by."""

    contest: Contest
    closed_at: datetime
    level: str
    form: str
    medal: str
    rung: int
    rungs: int
    estimate: str
    submissions: int
    measured: Measured


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews given and received."""

    given: tuple[Evidence, ...] = ()
    received: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the timeline."""

    year: int
    month: int
    facts: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the site shows. Answers, drafts, notes and what was chosen to be hidden stay private.

    Attributes:
        at: The instant that the site speaks of.
        figures: The numbers that texts may bind to. ``looked``: what came of comparing them.
    X
    """

    learner: Learner
    choices: Choices
    at: datetime
    skills: tuple[ShownSkill, ...] = ()
    projects: tuple[ShownProject, ...] = ()
    competitions: tuple[ShownCompetition, ...] = ()
    exercises: tuple[ShownExercise, ...] = ()
    posts: tuple[Post, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    months: tuple[Month, ...] = ()
    reviews: Reviews = Reviews()
    own: Own = field(default_factory=Own)
    troubles: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    looked: Looked = field(default_factory=Looked)

    @property
    def empty(self) -> bool:
        """Whether there is no work to show yet."""
        return not (
            self.skills or self.exercises or self.projects or self.competitions or self.posts
        )

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Every number of the site."""
        return (
            *(number for one in self.projects for number in one.measured),
            *(one.measured for one in self.competitions),
            *(one.measured for one in self.skills),
            *(one.measured for one in self.exercises),
            *self.figures.numbers(self.looked.bodies),
        )

    @property
    def first(self) -> datetime | None:
        """When the record begins."""
        return self.evidence[-1].at if self.evidence else None
