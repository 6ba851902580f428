"""What each stage of a project shows, and what that rests on when the project is handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from journeyman.core.evidence import Evidence
from journeyman.curriculum.project_form import Mark, Milestone
from journeyman.learner.strength import strength
from journeyman.projects.rules import PER_FAULT, Reproduced

Ahead = Literal["clearly", "perhaps", "not"]
METHOD: Mapping[Mark, tuple[str, ...]] = {
    "no-leak": (
        "fit-before-split", "scaling-on-all-rows", "imputing-on-all-rows", "encoding-on-all-rows",
        "target-leak", "missingness-leak", "id-leak",
    ),
    "honest-split": (
        "duplicates-across-split", "near-duplicates-across-split", "oversampling-before-split",
        "augmentation-before-split", "group-leak", "temporal-leak",
    ),
    "honest-choice": ("tuned-on-test", "seed-picking", "within-noise"),
    "threshold": ("threshold-on-test",),
    "metric": ("wrong-metric",),
    "calibrated": ("uncalibrated",),
    "repeatable": ("not-reproducible", "notebook-out-of-order", "unreadable-code"),
}  # fmt: skip
"""Kinds of finding whose absence a mark stands for."""
ABSENT: Mapping[Mark, str] = {
    "no-leak": "no leak of the answer was found",
    "honest-split": "no row of the scored part was met before",
    "honest-choice": "no choice was made on the rows that are scored",
    "threshold": "the threshold was not chosen on the rows that are scored",
    "metric": "the metric does not hide the rare class",
    "calibrated": "the probabilities mean what they say",
    "repeatable": "code and notebooks can be run again",
}
RESULTS = frozenset[Mark]({"ahead", "baseline", "rerun"})
"""Marks that a re-run repeats; a stage that rests on none of them stays scored."""
_AHEAD = {"clearly": 1.0, "perhaps": 0.5, "not": 0.0}
_SAID_AHEAD = {
    "clearly": "ahead of the baseline beyond chance",
    "perhaps": "ahead of the baseline, perhaps by chance",
    "not": "not ahead of the baseline",
}
_LEVELS = {"Reproduced": 1.0, "Functional": 0.5, "Available": 0.2, "": 0.0}

GUESS_RESULT, GUESS_OTHER = 0.05, 0.25
"""Chance that a stage comes out well from somebody without its skills. A result that is ahead and
was run again is hard to come by so; that no fault was found, or a card is complete, is not: the
first code that every project begins with has an honest split and a card to fill in."""
BETTER = 0.05
"""By so much a stage has to come out better to count in full once more."""

OWN: tuple[Milestone, ...] = (
    Milestone(
        slug="split", title="Rows that were not met before", done_when="",
        skills=("train-test-split", "data-leakage"),
        rests_on=("no-leak", "honest-split", "held-out"),
    ),
    Milestone(
        slug="model", title="A model beside a baseline", done_when="",
        skills=("baselines", "model-comparison", "sklearn-estimators"),
        rests_on=("baseline", "ahead", "honest-choice", "result"),
    ),
    Milestone(
        slug="delivery", title="A stranger can run it", done_when="",
        skills=("testing",), rests_on=("tests", "lock", "model-card", "rerun"),
    ),
)  # fmt: skip
"""Stages of a project with the learner's own data, whatever it is about."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a project when it is handed in.

    Attributes:
        faults: Kinds of fault of method that were found.
        met: For each check of the repository, whether it is met.
        ahead: How it stands to the baseline on the rows that count.
        baseline: Whether the code says what a baseline of its own has on the same rows.
        level: How far the re-run got.
        held: Whether the hold-out's number agrees with the validation's, within both intervals, or
            is better; None where there is no hold-out.
        looks: At the hold-out.
    """

    faults: frozenset[str]
    met: Mapping[str, bool]
    ahead: Ahead
    baseline: bool
    level: Reproduced
    held: bool | None
    looks: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage as it was handed in.

    Attributes:
        skills: That it shows, with their weights.
        score: Mean of what it rests on, in [0, 1].
        rests_on: The same in words.
        share: Of a whole project's strength: a skill that several stages show is not told more in
            all than by the project as one piece.
        again: Whether a re-run repeats something that it rests on.
    """

    slug: str
    title: str
    skills: Mapping[str, float]
    score: float
    rests_on: str
    share: float
    again: bool


def stages(
    milestones: Sequence[Milestone], skills: Mapping[str, float], seen: Seen
) -> tuple[Stage, ...]:
    """Every stage that shows a skill and rests on something that was looked at.

    Args:
        milestones: Of the project.
        skills: Those of the project that the bank has, with their weights.
        seen: What is known of it.
    """
    counted = Counter(skill for one in milestones for skill in {*one.skills} & {*skills})
    found = []
    for one in milestones:
        own = {skill: skills[skill] for skill in one.skills if skill in skills}
        marks = {name: mark(name, seen) for name in one.rests_on}
        known = [value for value in marks.values() if value is not None]
        if not own or not known:
            continue
        found.append(
            Stage(
                one.slug, one.title, own,
                round(sum(value for value, _ in known) / len(known), 6),
                "; ".join(said for _, said in known),
                1.0 / max(counted[skill] for skill in own),
                bool(RESULTS & {*marks}),
            )
        )  # fmt: skip
    return tuple(found)


def mark(name: Mark, seen: Seen) -> tuple[float, str] | None:
    """What one mark is worth, and that in words; None where there was nothing to look at.

    >>> seen = Seen(frozenset({"id-leak"}), {"tests": True}, "clearly", True, "", None, 0)
    >>> mark("tests", seen), mark("held-out", seen), round(mark("no-leak", seen)[0], 3)
    ((1.0, 'tests: met'), None, 0.667)
    """
    if name in METHOD:
        return _method(name, seen)
    if name in seen.met:
        met = seen.met[name]
        said = name.replace("-", " ")
        return float(met), f"{said}: {'met' if met else 'not met'}"
    result = _RESULTS.get(name)
    return result(seen) if result else None


def _method(name: Mark, seen: Seen) -> tuple[float, str]:
    found = _found(METHOD[name], seen)
    if not found:
        return 1.0, ABSENT[name]
    return max(0.0, 1.0 - PER_FAULT * len(found)), f"found: {', '.join(found)}"


def _found(kinds: Iterable[str], seen: Seen) -> list[str]:
    return [kind.replace("-", " ") for kind in kinds if kind in seen.faults]


def _held(seen: Seen) -> tuple[float, str] | None:
    if seen.held is None:
        return None
    said = "agrees with" if seen.held else "is worse than"
    value = (1.0 if seen.held else 0.5) / max(1, seen.looks)
    looks = "once" if seen.looks == 1 else f"{seen.looks} times"
    return value, f"the hold-out, looked at {looks}, {said} the validation"


def _ahead(seen: Seen) -> tuple[float, str]:
    """A lead on rows of one's own means half as much where the split or a leak may have made it."""
    value, said = _AHEAD[seen.ahead], _SAID_AHEAD[seen.ahead]
    leaks = _found((*METHOD["no-leak"], *METHOD["honest-split"]), seen)
    if value and leaks and seen.held is None:
        return value / 2, f"{said}, with {leaks[0]}"
    return value, said


def _baseline(seen: Seen) -> tuple[float, str]:
    said = "a baseline is" if seen.baseline else "no baseline is"
    return float(seen.baseline), f"{said} measured on the same rows"


def _rerun(seen: Seen) -> tuple[float, str]:
    return _LEVELS[seen.level], f"re-run: {seen.level.lower() or 'not yet'}"


_RESULTS: Mapping[Mark, Callable[[Seen], tuple[float, str] | None]] = {
    "held-out": _held,
    "ahead": _ahead,
    "baseline": _baseline,
    "rerun": _rerun,
}


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in, and of which project.

    Attributes:
        id: Of the project in the record.
        seed: Of the run.
        isolation: How strongly the re-run was confined; empty without one.
        detail: What else is told of it: run, claim, commit.
    """

    id: str
    learner: str
    slug: str
    version: int
    sha256: str
    seed: int
    level: Reproduced
    isolation: str
    detail: Mapping[str, Any]


def fact(
    handed: Handed, stage: Stage, before: Sequence[Evidence], *, identifier: str, at: datetime
) -> Evidence | None:
    """The fact that a stage establishes about its skills; None where it says nothing new.

    Args:
        handed: Where it comes from.
        stage: What it shows.
        before: Facts about the same project, newest first.
        identifier: Of the fact.
        at: When.
    """
    rerun = handed.level == "Reproduced" and stage.again
    # A score without a re-run rests on the learner's word, like code that was only limited.
    confined = handed.isolation if rerun else "limits-only"
    how: Literal["re-run", "scored"] = "re-run" if rerun else "scored"
    earlier = [one for one in before if one.detail.get("stage") == stage.slug]
    found = Evidence(
        id=identifier,
        learner=handed.learner,
        at=at,
        source="project",
        how=how,
        kind="project",
        slug=handed.slug,
        version=handed.version,
        sha256=handed.sha256,
        seed=handed.seed,
        skills=dict(stage.skills),
        score=stage.score,
        guess=GUESS_RESULT if stage.again else GUESS_OTHER,
        slip=0.1,
        isolation=handed.isolation if rerun else "",
        attempt=handed.id,
        detail={
            "stage": stage.slug,
            "stage_title": stage.title,
            "rests_on": stage.rests_on,
            **handed.detail,
        },
    )
    if earlier and _said(earlier[0]) == _said(found):
        return None
    again = any(_no_worse(one, found) for one in earlier)
    counts = strength("project", stage.score, how=how, isolation=confined, again=again)
    return replace(found, strength=round(counts * stage.share, 6))


def _said(one: Evidence) -> tuple[Any, ...]:
    """What a fact says, apart from when, and of which run of the code."""
    return (
        one.how, one.score, one.version, one.sha256, dict(one.skills), one.isolation,
        one.detail.get("rests_on"),
    )  # fmt: skip


def _no_worse(earlier: Evidence, now: Evidence) -> bool:
    """Whether the stage came out as well before, by as strong a look."""
    as_strong = earlier.how == "re-run" or now.how == "scored"
    return as_strong and earlier.score > now.score - BETTER
