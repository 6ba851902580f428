"""Pure decisions of the portfolio: what is worth showing, strongest first, and in which words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from journeyman.core.evidence import Evidence
from journeyman.core.mastery import Mastery

REPRODUCED: Mapping[str, str] = {
    "Reproduced": "run again, with the same numbers within the stated tolerance",
    "Functional": "its code was run again from start to end",
    "Available": "code and data are there to be looked at",
    "": "",
}
"""How far a project's run was repeated, strongest first, in the words of the ACM's badges."""
LEVELS: Mapping[str, str] = {
    "L3": "scored on a host's own sealed data, never published before",
    "L2": "scored by a host who keeps the labels",
    "L1": "the submitted code was run anew, without network, on a split drawn by its own hash",
    "L0": "practice: the labels could be found by who looks for them",
}
"""How hard a score in a competition is to forge, strongest first."""
MEDALS = ("gold", "silver", "bronze", "")
ASKED_OF_A_PROJECT: Mapping[str, str] = {
    "data card": "a data card: where the data come from, what they leave out, who may use them",
    "method": "the method",
    "decision log": "a decision log: what was tried, and why each choice was made",
    "errors and failure modes": "errors and failure modes",
    "cost": "the cost of training and of one prediction",
    "what did not work": "what did not work",
    "model card": "a model card",
}
"""Sections that a reader looks for, by the beginning of their title."""


def shown_skills(mastery: Mapping[str, Mastery]) -> list[Mastery]:
    """Skills that are held on evidence of their own, surest first.

    What is only inferred from neighbours in the graph is left out: a reader cannot check it.
    """
    held = (one for one in mastery.values() if one.level == "held" and one.pieces > 0)
    return sorted(held, key=lambda one: (-one.low, -one.pieces, one.skill))


def behind(facts: Iterable[Evidence], skill: str) -> list[Evidence]:
    """The facts that touch ``skill``, newest first."""
    return sorted((f for f in facts if skill in f.skills), key=lambda f: (f.at, f.id), reverse=True)


def first_paragraph(text: str) -> str:
    """The first paragraph of a Markdown text."""
    return text.strip().split("\n\n", 1)[0].replace("\n", " ")


def passes(facts: Sequence[Evidence]) -> dict[str, Evidence]:
    """For each exercise, the first graded submission that passed."""
    found: dict[str, Evidence] = {}
    for fact in facts:
        if fact.kind == "exercise" and fact.how == "graded" and fact.score >= 1.0:
            found.setdefault(fact.slug, fact)
    return found


def exercise_strength(
    difficulty: float, hints: int, tries: int, *, aided: bool
) -> tuple[float, ...]:
    """Sort key of a passed exercise: without its solution, then hard, then without hints.

    >>> exercise_strength(1.0, 0, 1, aided=False) < exercise_strength(2.0, 0, 1, aided=True)
    True
    """
    return (float(aided), -difficulty, float(hints), float(tries))


def project_strength(reproduced: str, *, measured: bool) -> tuple[int, bool]:
    """Sort key of a project: how far it was run again, then whether it was measured."""
    order = list(REPRODUCED)
    return (order.index(reproduced), not measured)


def competition_strength(level: str, medal: str) -> tuple[int, int]:
    """Sort key of a closed competition: hard to forge first, then the medal."""
    order = list(LEVELS)
    return (
        order.index(level) if level in order else len(order),
        MEDALS.index(medal) if medal in MEDALS else len(MEDALS),
    )


def places(value: float, low: float, high: float) -> int:
    """How many digits behind the point say something: two of the interval's width.

    >>> places(0.8713, 0.85, 0.89), places(25341.2, 24000.0, 26900.0), places(0.5, 0.5, 0.5)
    (3, 0, 3)

    A number below 1 keeps a digit: it is not rounded to none or to 1.
    """
    width = high - low
    if not math.isfinite(width) or width <= 0:
        return 3 if abs(value) < 10 else 1
    return max(int(abs(value) < 1), min(4, 1 - math.floor(math.log10(width))))


def outcome_of(fact: Evidence) -> str:
    """What came of a fact, in a word: numbers on a page carry claims, so this is none."""
    words = {
        "gave-up": "gave up",
        "dont-know": "said “I don't know”",
        "reviewed": "reviewed",
    }
    if fact.how in words:
        return words[fact.how]
    if fact.kind in {"competition", "project"}:
        return "scored" if fact.kind == "competition" else "assessed"
    right, wrong = ("passed", "failed") if fact.kind == "exercise" else ("right", "wrong")
    if fact.score >= 1.0:
        return right
    return wrong if fact.score <= 0.0 else "partly right"


def missing_sections(titles: Iterable[str]) -> list[str]:
    """What a reader of a project would look for and not find.

    >>> len(missing_sections(["Method", "Cost and speed"]))
    5
    """
    found = [title.casefold() for title in titles]
    return [
        said
        for begin, said in ASKED_OF_A_PROJECT.items()
        if not any(title.startswith(begin) for title in found)
    ]


def day_of(now: datetime, last: datetime | None) -> datetime:
    """The instant that a site speaks of: the beginning of the day, or the last fact if later.

    The same record gives the same bytes all day long, though what is remembered fades by the hour.
    """
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start if last is None else max(start, last)
