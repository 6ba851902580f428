"""Pure decisions of study: what is ready to learn, and how a level is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from journeyman.core.mastery import Level, Mastery
from journeyman.core.skill import SkillGraph
from journeyman.learner.plan import Step

ENOUGH = 0.7
"""A prerequisite counts as there from this probability on: asking for certainty would lock
everything, which is what learners of other services complain of most."""

WORDS: Mapping[Level, str] = {
    "held": "held",
    "shaky": "shaky",
    "not-yet": "not yet",
    "unknown": "unknown",
}


def ready(graph: SkillGraph, mastery: Mapping[str, Mastery], slug: str) -> bool:
    """Whether ``slug`` is not held and everything it rests on directly is there."""
    return mastery[slug].level != "held" and all(
        mastery[required].mean >= ENOUGH for required in graph.skills[slug].requires
    )


def in_words(mastery: Mastery) -> str:
    """A skill's number as one sentence, with its uncertainty.

    >>> in_words(Mastery("svd", 0.82, 0.1, 0.6, 0.95, 1.0, 3, "held"))
    'Held: 82 % likely (between 60 % and 95 %), from 3 direct answers.'
    """
    pieces = {0: "with no direct answer yet", 1: "from 1 direct answer"}
    source = pieces.get(mastery.pieces, f"from {mastery.pieces} direct answers")
    return (
        f"{WORDS[mastery.level].capitalize()}: {percent(mastery.mean)} likely "
        f"(between {percent(mastery.low)} and {percent(mastery.high)}), {source}."
    )


def fitted(step: Step, minutes: int) -> Step:
    """A step that takes longer than the time there is says so."""
    if step.minutes <= minutes:
        return step
    note = f"It takes longer than {minutes} minutes: begin it now and go on another time."
    return replace(step, why=f"{step.why} {note}")


def percent(share: float) -> str:
    """Whole per cent; never 0 or 100, because no evidence makes certain."""
    return f"{min(max(round(100 * share), 1), 99)} %"
