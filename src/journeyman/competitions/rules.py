"""What a score means: expectations, standing among the house field, medals, traps, evidence."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from journeyman.core.evidence import Evidence, How
from journeyman.errors import Invalid
from journeyman.learner.strength import strength
from journeyman.scoring.metric import Metric
from journeyman.scoring.resampling import Paired

Medal = Literal["", "bronze", "silver", "gold"]
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_EXPECTED = re.compile(rf"\s*({_NUMBER})\s*(?:(?:\+-|\+/-|±)\s*({_NUMBER})\s*)?\Z")
HONESTY_SKILLS: Mapping[str, float] = {"cross-validation": 1.0, "train-test-split": 0.5}
"""What it takes to know one's own score before it is told."""

FINAL = 1.0
"""Share of its strength that the private score of the chosen submission has."""
PROVISIONAL = 0.3
"""Share that a score on the public board has: one part of the rows, and looked at repeatedly."""
BY_LEVEL: Mapping[str, float] = {"L0": 0.7, "L1": 1.0, "L2": 1.1, "L3": 1.2}
"""What a result's strength is multiplied by: how hard it is to forge. Even the hardest stays below
an exercise, because a place on a board also rests on luck."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The learner's own estimate of the private score: 95 % of the time within ``margin``."""

    value: float
    margin: float


def parse_expectation(text: str) -> Expectation:
    """Read “0.81 +- 0.01”.

    Raises:
        Invalid: it is no number with a margin.

    >>> parse_expectation("0.81 +- 0.01")
    Expectation(value=0.81, margin=0.01)
    """
    found = _EXPECTED.match(text)
    if found is None or found[2] is None:
        raise Invalid(
            f'The expectation {text[:40]!r} is not understood; write it as "0.81 +- 0.01": the '
            "score that your own validation gives, and how far off you think it may be."
        )
    value, margin = float(found[1]), float(found[2])
    if not math.isfinite(value) or not math.isfinite(margin) or margin < 0:
        raise Invalid("The margin of an expectation is a number of 0 or more.")
    return Expectation(value, margin)


@dataclass(frozen=True, slots=True)
class Honesty:
    """How well an expectation held.

    Attributes:
        score: In [0, 1].
        gap: Private score minus expectation.
        optimistic: Whether the learner expected a better score than came.
        held: Whether the gap is within the margin and the noise of the private part.
    """

    score: float
    gap: float
    optimistic: bool
    held: bool


def honesty(metric: Metric, expected: Expectation, actual: float, error: float) -> Honesty:
    """Score an expectation against the private score.

    The gap is measured in units of what was allowed: the stated margin together with twice the
    standard error of the private score, which nobody can foresee. Up to one unit is held and
    scores 1, from there it falls to 0 at three units. A margin wider than three times that noise
    says little and is marked down in proportion, so that a wide guess does not pass for knowledge.

    >>> from journeyman.scoring.registry import get
    >>> honesty(get("auc"), Expectation(0.81, 0.01), 0.79, 0.01).held
    True
    """
    noise = 2 * error if math.isfinite(error) else 0.0
    floor = max(noise, 1e-3 * abs(actual), 1e-9)
    allowed = math.hypot(expected.margin, floor)
    units = abs(actual - expected.value) / allowed
    close = min(1.0, max(0.0, (3 - units) / 2))
    sharp = min(1.0, 3 * floor / expected.margin) if expected.margin > 0 else 1.0
    gap = actual - expected.value
    return Honesty(close * sharp, gap, metric.sign * gap < 0, units <= 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a submission stands on the rungs of the house field.

    Attributes:
        on: The highest rung that it is not clearly behind, from 0; -1 below the lowest.
        rungs: How many rungs there are.
        ahead: Whether it is clearly ahead of the highest.
    """

    on: int
    rungs: int
    ahead: bool = False

    @property
    def score(self) -> float:
        """The share of the way up, in [0, 1]."""
        if self.rungs < 2:
            return float(self.ahead)
        return max(self.on, 0) / (self.rungs - 1)

    @property
    def medal(self) -> Medal:
        """Gold on the highest rung, silver and bronze on the two below; none on the lowest."""
        if self.on < 1:
            return "gold" if self.ahead and self.rungs == 1 else ""
        medals: tuple[Medal, ...] = ("gold", "silver", "bronze")
        below = self.rungs - 1 - self.on
        return medals[below] if below < len(medals) else ""


def standing(against: Sequence[Paired]) -> Standing:
    """Where a submission stands.

    Args:
        against: The submission against each rung, the lowest first; rungs are at least two paired
            standard errors apart.

    >>> standing([Paired(0.3, 0.01), Paired(0.005, 0.01), Paired(-0.1, 0.01)])
    Standing(on=1, rungs=3, ahead=False)
    """
    on = max((n for n, one in enumerate(against) if not one.behind), default=-1)
    return Standing(on, len(against), bool(against) and against[-1].ahead)


def too_good(metric: Metric, value: float, error: float, ceiling: float | None) -> bool:
    """Whether a score is clearly better than the best that is plausible without a trap."""
    if ceiling is None or not math.isfinite(value):
        return False
    noise = error if math.isfinite(error) else 0.0
    return metric.gain(value, ceiling) > 2 * noise


def exceeds(clause: str, value: float) -> bool:
    """Whether a trap's clause on the score holds.

    >>> exceeds("score>0.95", 0.99), exceeds("score<0.4", 0.5), exceeds("column:x", 1.0)
    (True, False, False)
    """
    found = re.match(rf"\s*score\s*([<>])=?\s*({_NUMBER})\s*\Z", clause)
    if found is None:
        return False
    limit = float(found[2])
    return value > limit if found[1] == ">" else value < limit


def level_of(declared: str, form: str, *, sealed: bool) -> str:
    """The level of one submission: code is at least re-run; sealed labels keep what was declared.

    >>> level_of("L0", "code", sealed=False), level_of("L3", "file", sealed=True)
    ('L1', 'L3')
    """
    if not sealed:
        declared = "L0"
    if form in {"code", "policy"} and declared == "L0":
        return "L1"
    return declared


@dataclass(frozen=True, slots=True)
class Content:
    """What evidence says about the competition and the submission that it comes from."""

    slug: str
    version: int
    sha256: str
    learner: str
    submission: str
    seed: int
    level: str
    form: str
    isolation: str = ""


def evidence(
    content: Content,
    skills: Mapping[str, float],
    score: float,
    *,
    identifier: str,
    at: datetime,
    share: float,
    hints: int = 0,
    detail: Mapping[str, Any],
) -> Evidence:
    """The fact that a submission establishes about ``skills``.

    Args:
        content: Where it comes from.
        skills: With their weights.
        score: In [0, 1]; what lies outside is cut.
        identifier: Of the fact.
        at: When.
        share: ``FINAL`` or ``PROVISIONAL``, of the strength that the source has.
        hints: On traps, seen before.
        detail: What else is told of it.
    """
    how: How = "scored" if content.form == "file" else "re-run"
    score = min(max(score, 0.0), 1.0)
    counts = strength("competition", score, how=how, hints=hints, isolation=content.isolation)
    return Evidence(
        id=identifier,
        learner=content.learner,
        at=at,
        source="competition",
        how=how,
        kind="competition",
        slug=content.slug,
        version=content.version,
        sha256=content.sha256,
        seed=content.seed,
        skills=dict(skills),
        score=score,
        guess=0.02,
        slip=0.15,
        strength=counts * share * BY_LEVEL.get(content.level, 0.7),
        hints=hints,
        isolation=content.isolation,
        attempt=content.submission,
        detail={"level": content.level, **detail},
    )
