"""What is assumed of people before any answer, as a few hypotheses that run side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from journeyman.core.skill import SkillGraph

Level = Literal["none", "some", "studied", "worked with"]


@dataclass(frozen=True, slots=True)
class Noise:
    """How a person answers, against what the items declare, in logits.

    Attributes:
        guess: Added to the logit of guessing right: 1.7 takes 0.15 to 0.5.
        slip: Added to the logit of slipping: 1.1 takes 0.1 to 0.25.
    """

    guess: float = 0.0
    slip: float = 0.0


NOISES = (Noise(), Noise(guess=1.7), Noise(slip=1.1))
"""The ways of answering for which evidence is kept; the first is what the items declare."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way in which a person and the graph may be.

    Attributes:
        chance: How likely it is beforehand.
        leak: Factor on the probability of holding a skill for each prerequisite missing; at 1 the
            graph says nothing and the model is item response theory.
        exempt: Probability of holding a skill however many prerequisites are missing.
        noise: Position in :data:`NOISES`.
    """

    chance: float = 1.0
    leak: float = 0.03
    exempt: float = 0.0
    noise: int = 0


@dataclass(frozen=True, slots=True)
class Priors:
    """Assumptions about people.

    Attributes:
        slope: How sharply ability separates those who hold a skill from those who do not.
        spread: Standard deviation of ability over people, on the scale of ``Skill.difficulty``.
        depth_span: How much harder the end of the longest path is than its start, beyond what the
            declared difficulties say.
        hypotheses: How far the graph can be trusted and how the person answers shows only in the
            answers, so several possibilities are kept and weighed by them.
        grid: Number of ability points for each hypothesis.
        sweeps: Most passes down and up.
        tolerance: Stop when no marginal moved by more than this.
    """

    slope: float = 1.7
    spread: float = 1.3
    depth_span: float = 1.5
    hypotheses: tuple[Hypothesis, ...] = (
        Hypothesis(0.58, 0.03),
        Hypothesis(0.1, 0.3),
        Hypothesis(0.1, 0.3, exempt=0.15),
        Hypothesis(0.06, 1.0),
        Hypothesis(0.08, 0.03, noise=1),
        Hypothesis(0.08, 0.03, noise=2),
    )
    grid: int = 7
    sweeps: int = 9
    tolerance: float = 3e-3


NO_GRAPH = (Hypothesis(leak=1.0),)
"""Item response theory with one ability: for comparison."""

# On the scale of ``Skill.difficulty``, where people's abilities have a standard deviation of 1.3.
SHIFTS: Mapping[Level, float] = {"none": -1.0, "some": 0.0, "studied": 0.7, "worked with": 1.3}
A_YEAR, MOST_YEARS = 0.1, 8.0


def shifts(graph: SkillGraph, profile: Mapping[str, str], years: float = 0.0) -> dict[str, float]:
    """How much more able than most a person is in each skill, by what they say of themselves.

    This is a weak prior: a few answers that say otherwise outweigh it, and it is never evidence.

    Args:
        graph: The skills; those of areas that the profile does not name are not shifted.
        profile: Area's slug to "none", "some", "studied" or "worked with"; what the graph or this
            version does not know is passed over, so that an old profile keeps working.
        years: Years of work in the field, all areas alike; more than eight count as eight.

    Returns:
        Logits to add to the ability for each skill with a shift other than 0.

    >>> from journeyman.core.skill import Skill
    >>> graph = SkillGraph.of([Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "y")])
    >>> shifts(graph, {"x": "studied", "y": "none"})
    {'a': 0.7, 'b': -1.0}
    """
    general = A_YEAR * min(max(years if math.isfinite(years) else 0.0, 0.0), MOST_YEARS)
    known: Mapping[str, float] = dict(SHIFTS.items())
    found = {
        slug: general + known.get(profile.get(skill.area, ""), 0.0)
        for slug, skill in graph.skills.items()
    }
    return {slug: shift for slug, shift in found.items() if shift}
