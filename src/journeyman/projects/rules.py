"""What a project amounts to: how far a re-run got, how well it was done, what it is evidence of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Reproduced = Literal["", "Available", "Functional", "Reproduced"]
LEVELS = frozenset({"Available", "Functional", "Reproduced"})
METHOD, RESULT, WORDS, AGAIN = 0.4, 0.3, 0.2, 0.1
"""What method, result, communication and re-running weigh. A judgement: an honest method is worth
most, because a result from a leaking one means nothing."""
PER_FAULT = 1 / 3
OWN_SKILLS: Mapping[str, float] = {
    "train-test-split": 1.0,
    "baselines": 0.8,
    "data-leakage": 0.8,
    "model-comparison": 0.6,
    "sklearn-estimators": 0.6,
    "testing": 0.4,
}
"""What a project with data of the learner's own shows, whatever it is about."""


def reproduced(
    *,
    cloned: bool,
    built: bool,
    ran: bool,
    gap: float | None,
    tolerance: float,
    locked: bool = True,
) -> Reproduced:
    """How far a re-run got.

    Args:
        cloned: The repository and its data were there.
        built: Its locked environment was built.
        ran: The entry point came to its end with predictions.
        gap: Distance of the metric from the recorded one; None where it has no number.
        tolerance: The largest distance that counts as the same.
        locked: Its environment was built from its lock file; in the interpreter that happened to
            be there a re-run gets no further than Functional.

    >>> reproduced(cloned=True, built=True, ran=True, gap=0.001, tolerance=0.005)
    'Reproduced'
    >>> reproduced(cloned=True, built=True, ran=True, gap=0.1, tolerance=0.005)
    'Functional'
    """
    if not cloned:
        return ""
    if not (built and ran):
        return "Available"
    same = gap is not None and gap <= tolerance
    return "Reproduced" if same and locked else "Functional"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a project shows, each part in [0, 1].

    Attributes:
        method: 1 without a fault of method, a third less for each.
        result: 1 where it is clearly ahead of the baseline, 0.5 where that may be noise.
        words: Share of the repository's checks that are met.
        again: 1 where it was reproduced, 0.5 where it runs and comes out otherwise.
    """

    method: float
    result: float
    words: float
    again: float

    @property
    def score(self) -> float:
        """All four, weighed."""
        return METHOD * self.method + RESULT * self.result + WORDS * self.words + AGAIN * self.again


def shown(
    *,
    faults: int,
    ahead: Literal["clearly", "perhaps", "not"],
    met: int,
    asked: int,
    level: Reproduced,
) -> Shown:
    """What the parts of a project are worth.

    Args:
        faults: Findings of method that are faults, counted by kind.
        ahead: How it stands to the baseline on the rows that count.
        met: Checks of the repository that are met.
        asked: How many there are.
        level: How far the last re-run got.

    >>> round(shown(faults=0, ahead="clearly", met=8, asked=8, level="Reproduced").score, 3)
    1.0
    """
    result = {"clearly": 1.0, "perhaps": 0.5, "not": 0.0}[ahead]
    again = {"Reproduced": 1.0, "Functional": 0.5, "Available": 0.2, "": 0.0}[level]
    method = max(0.0, 1.0 - PER_FAULT * faults)
    return Shown(method, result, met / asked if asked else 0.0, again)


def ahead_of(
    value: float, low: float, high: float, baseline: float | None, better: str
) -> Literal["clearly", "perhaps", "not"]:
    """How a metric with its interval stands to the baseline's.

    >>> ahead_of(0.8, 0.78, 0.82, 0.5, "higher"), ahead_of(2.0, 1.5, 2.6, 2.5, "lower")
    ('clearly', 'perhaps')
    """
    if baseline is None:
        return "perhaps"
    if better == "higher":
        return "clearly" if low > baseline else "perhaps" if value > baseline else "not"
    return "clearly" if high < baseline else "perhaps" if value < baseline else "not"


def known(skills: Mapping[str, float], graph: Sequence[str]) -> dict[str, float]:
    """Those skills that the bank has."""
    names = frozenset(graph)
    return {slug: weight for slug, weight in skills.items() if slug in names}
