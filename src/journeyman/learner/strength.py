"""How much a fact counts, and how much is learnt from making it: one place for every source.

The unit is one plain answered question (1.0). The numbers are judgement, not estimates (see
``docs/decisions/0005-evidence-of-exercises.md``); what they must keep is their order.
"""

from __future__ import annotations

from collections.abc import Mapping

from journeyman.core.evidence import How, Source

RIGHT: Mapping[Source, float] = {
    "placement": 1.0,
    "practice": 1.0,
    "review": 1.5,
    "competition": 1.5,
    "exercise": 2.0,
    "project": 2.5,
}
"""Done well. Code that passes unseen cases says more than one answer, a whole project that is run
again and comes out the same more than one exercise; a leaderboard's place also rests on luck and
copying, and another person's review on that person's judgement."""

SHORT: Mapping[Source, float] = {
    "placement": 1.0,
    "practice": 1.0,
    "review": 1.0,
    "competition": 0.3,
    "exercise": 0.3,
    "project": 0.3,
}
"""Fallen short. Everybody fails on the way to code that works, so one failed try says little; a
wrong answer to a question says as much as a right one."""

GAVE_UP = 0.6
AGAIN = 0.2
PER_HINT = 0.75
WEAK_ISOLATION = 0.8

LEARNING: Mapping[Source, float] = {
    "placement": 0.02,
    "practice": 0.12,
    "exercise": 0.2,
    "review": 0.12,
    "competition": 0.1,
    "project": 0.2,
}
"""Chance of learning the skill from one fact, by the feedback or the work itself."""
LEARNING_ELSEWHERE = 0.1  # a source of a later version must not break the fold


def strength(
    source: Source,
    score: float,
    *,
    how: How = "answered",
    hints: int = 0,
    isolation: str = "",
    again: bool = False,
) -> float:
    """How much a fact counts against one plain answered question.

    Features write the result into the evidence, where it stays.

    Args:
        source: What produced the fact.
        score: In [0, 1]; in between, the strength lies between that of falling short and of doing
            it well.
        how: Giving up counts less than an answer, because nothing was tried to the end.
        hints: Hints opened before; each takes a quarter off what was done well. What went wrong
            in spite of hints counts in full.
        isolation: "limits-only" where the code ran without a jail, so that it could have reached
            its own checks: it counts less where it was done well.
        again: It had been passed before, or its solution had been seen.

    >>> strength("practice", 1.0), strength("exercise", 1.0, hints=1), strength("exercise", 0.0)
    (1.0, 1.5, 0.3)
    >>> strength("project", 1.0, isolation="limits-only")
    2.0
    """
    if how == "gave-up":
        return GAVE_UP
    value = RIGHT[source] * PER_HINT ** max(hints, 0)
    if again:
        value = min(value, AGAIN)
    value *= WEAK_ISOLATION if isolation == "limits-only" else 1.0
    return score * value + (1.0 - score) * SHORT[source]


def learning(source: str) -> float:
    """Chance of learning a skill of weight 1 from one fact.

    >>> learning("exercise") > learning("placement")
    True
    """
    known: Mapping[str, float] = dict(LEARNING.items())
    return known.get(source, LEARNING_ELSEWHERE)
