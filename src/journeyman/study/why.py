"""Why a skill's number is what it is: answers that moved it, and what the graph makes of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from journeyman.core.mastery import Mastery
from journeyman.core.skill import Skill, SkillGraph
from journeyman.curriculum.loading import LoadedBank
from journeyman.learner.reasons import Reason
from journeyman.store import ledger
from journeyman.store.session import Session
from journeyman.study import rules
from journeyman.study.goals import Profile
from journeyman.study.remembering import RememberingFold

NEIGHBOURS = 3  # of each kind: enough to understand the number, few enough to read
WORTH_TELLING = 0.02  # less than this the profile does not change what is read

Side = Literal["needs", "rests on"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A skill whose own evidence speaks for or against this one.

    Attributes:
        side: "needs" if it builds on this skill, "rests on" if this skill builds on it.
        text: One plain sentence.
    """

    skill: Skill
    side: Side
    mastery: Mastery
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """What stands behind one skill's number.

    Attributes:
        words: The number and its interval as a sentence.
        start: The mean before any answer.
        began: The same as a sentence, with the profile's share in it.
        facts: The single facts that moved it most.
        groups: What each group of facts adds.
        neighbours: What follows from other skills through the graph.
    """

    skill: Skill
    mastery: Mastery
    words: str
    start: float
    began: str
    facts: tuple[Reason, ...]
    groups: tuple[Reason, ...]
    neighbours: tuple[Neighbour, ...]


def why(
    session: Session, bank: LoadedBank, fold: RememberingFold, profile: Profile, slug: str
) -> Why:
    """Everything that stands behind the number of ``slug``.

    Args:
        session: The learner's.
        bank: Titles and the graph.
        fold: With the learner's profile and forgetting.
        profile: What ``fold`` was made with.
        slug: A skill of the graph.
    """
    model = fold.model
    facts = list(ledger.history(session))
    mastery = model.mastery(fold.state(ledger.rows(session, fold)), session.now)
    start = model.mastery(model.start(), session.now)[slug].mean
    found = [_titled(bank, one) for one in model.why(facts, slug, session.now)]
    return Why(
        bank.graph.skills[slug],
        mastery[slug],
        rules.in_words(mastery[slug]),
        start,
        _began(bank.graph, profile, model.shift.get(slug, 0.0), slug, start),
        tuple(one for one in found if one.evidence),
        tuple(one for one in found if not one.evidence),
        neighbours(bank.graph, mastery, slug),
    )


def _began(graph: SkillGraph, profile: Profile, shift: float, slug: str, start: float) -> str:
    """Where the number stood before any answer."""
    text = f"Before any answer it stood at {rules.percent(start)}"
    if abs(shift) < WORTH_TELLING:
        return f"{text}, a plain starting guess."
    way = "higher" if shift > 0 else "lower"
    area = graph.areas[graph.skills[slug].area].title
    level = profile.areas.get(graph.skills[slug].area)
    said = f"about {area}" if level else "about your years of work"
    return f"{text}; what you say of yourself {said} starts it {way} than for most people."


def neighbours(
    graph: SkillGraph, mastery: Mapping[str, Mastery], slug: str
) -> tuple[Neighbour, ...]:
    """The nearest skills with answers of their own that bear on ``slug``.

    A held skill that needs this one speaks for it; a held prerequisite makes it likelier, and one
    that is not held yet speaks against it.
    """
    skill = graph.skills[slug]
    found = []
    for other in _nearest(graph.opens, slug):
        now = mastery[other]
        if now.pieces and now.level == "held":
            text = f"You hold {graph.skills[other].title}, which needs {skill.title}."
            found.append(Neighbour(graph.skills[other], "needs", now, text))
    found = found[:NEIGHBOURS]
    below = []
    for other in _nearest({s.slug: s.requires for s in graph.skills.values()}, slug):
        now = mastery[other]
        if now.pieces and now.level in _RESTS:
            text = _RESTS[now.level].format(graph.skills[other].title, skill.title)
            below.append(Neighbour(graph.skills[other], "rests on", now, text))
    return (*found, *below[:NEIGHBOURS])


_RESTS = {
    "held": "You hold {0}, which {1} rests on.",
    "shaky": "Your answers on {0}, which {1} rests on, are mixed or fading.",
    "not-yet": "You do not hold {0} yet, which {1} rests on.",
}


def _nearest(edges: Mapping[str, tuple[str, ...]], slug: str) -> list[str]:
    """Everything that ``edges`` lead to, the nearest first."""
    found = dict.fromkeys(edges[slug])
    for one in (reached := list(found)):
        for other in edges[one]:
            if other not in found:
                found[other] = None
                reached.append(other)
    return reached


def _titled(bank: LoadedBank, reason: Reason) -> Reason:
    """The reason with the entry's title where the model only knows its slug."""
    quoted = re.search(r"“([a-z0-9-]+)”", reason.text)
    entry = quoted and (bank.items.get(quoted[1]) or bank.exercises.get(quoted[1]))
    if not quoted or not entry:
        return reason
    return replace(reason, text=reason.text.replace(quoted[0], f"“{entry.title}”"))
