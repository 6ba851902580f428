"""The shape of a guided project's ``project.toml``: read to start one, and to check the bank.

What makes a project worth doing (enough milestones, texts that say something) is the rules' matter,
in ``journeyman.curriculum.checks.projects``; here stands what it needs to be done at all.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from journeyman.curriculum.formats import Form, Sentence, Slug

Weight = Annotated[float, Field(gt=0, le=1)]
Price = Annotated[float, Field(gt=0)]
Task = Literal["binary", "multiclass", "ordinal", "regression", "forecast", "ranking"]
SplitKind = Literal["temporal", "group", "stratified", "random", "official"]
Mark = Literal[
    "committed", "readme", "result", "model-card", "data-card", "tests", "data-ignored", "lock",
    "notebooks", "charts", "runs",
    "no-leak", "honest-split", "honest-choice", "threshold", "metric", "calibrated", "repeatable",
    "baseline", "ahead", "held-out", "rerun",
]  # fmt: skip
"""What a milestone can rest on: checks of the repository, faults of method that are not there, and
results. ``journeyman.projects.stages`` says what each is worth."""


class Split(Form):
    """``[split]``: how rows that the model will meet differ from those it learns from.

    Attributes:
        column: The column that it goes by; empty where there is none.
        share: Of the rows that Journeyman keeps back.
    """

    kind: SplitKind
    column: str = ""
    why: str = ""
    share: Annotated[float, Field(gt=0, lt=0.5)] = 0.15


class Costs(Form):
    """``[costs]``: prices of the two errors, or a sentence where two prices say too little."""

    false_positive: Price | None = None
    false_negative: Price | None = None
    unit: str = ""
    text: str = ""


class Constraints(Form):
    """``[constraints]``: what the model has to keep to when it is used."""

    latency_ms: Price | None = None
    memory_mib: Price | None = None
    fairness: str = ""


class Milestone(Form):
    """One ``[[milestones]]``: a step, and how one sees that it is done.

    Attributes:
        skills: That it shows, out of the project's own.
        rests_on: What is looked at when the project is handed in.
    """

    slug: Slug
    title: Sentence
    skills: Annotated[tuple[Slug, ...], Field(min_length=1)]
    done_when: str
    rests_on: Annotated[tuple[Mark, ...], Field(min_length=1)]


class Criterion(Form):
    """One ``[[rubric]]``: a criterion with its share of the whole."""

    criterion: Sentence
    weight: Weight
    excellent: str


class ProjectForm(Form):
    """A file ``projects/<slug>/project.toml``.

    Attributes:
        table: The table that holds the target; found by its column where it is empty.
        id: A column that names each row, where there is one.
    """

    slug: Slug
    version: Annotated[int, Field(ge=1)]
    title: Sentence
    summary: Sentence
    dataset: Slug
    table: str = ""
    id: str = ""
    task: Task
    target: str
    metric: str
    split: Split
    costs: Costs = Costs()
    constraints: Constraints = Constraints()
    skills: Annotated[dict[Slug, Weight], Field(min_length=1)]
    milestones: tuple[Milestone, ...] = ()
    rubric: tuple[Criterion, ...] = ()
