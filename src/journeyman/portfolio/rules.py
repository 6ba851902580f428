"""Pure decisions of the portfolio: what is worth showing, strongest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from journeyman.core.evidence import Evidence
from journeyman.core.mastery import Mastery


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
