"""Why a skill's number is what it is: the facts that moved it most, and what each group adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from journeyman.core.evidence import Evidence
from journeyman.learner import memory
from journeyman.learner.state import State

if TYPE_CHECKING:
    from journeyman.learner.knowledge import KnowledgeModel

Relation = Literal["direct", "prerequisites", "opened", "elsewhere"]

LATEST = 20  # single facts considered, the latest; older ones count in their group only
_GROUPS: tuple[Relation, ...] = ("direct", "prerequisites", "opened", "elsewhere")
_WORDS: dict[Relation, str] = {
    "direct": "this skill itself",
    "prerequisites": "what it rests on",
    "opened": "what it opens",
    "elsewhere": "other skills, through how well you do in general",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact, or one group of facts, and how far it moved the number.

    Attributes:
        evidence: Id of the fact; "" for a group.
        relation: Where the facts stand in the graph, seen from the skill.
        change: For a fact, the skill's mean just after it less just before; for a group, the mean
            now less what it would be without the group. Positive if it raised the number.
        pieces: How many facts this is.
        text: One plain sentence.
    """

    evidence: str
    relation: Relation
    change: float
    pieces: int
    text: str


def reasons(
    model: KnowledgeModel, evidence: Sequence[Evidence], skill: str, at: datetime, most: int = 5
) -> list[Reason]:
    """The ``most`` single facts that moved ``skill`` most, then what each group of facts adds.

    Facts that agree stand in for each other, so a group's change is not the sum of its facts'.

    Args:
        model: The knowledge model.
        evidence: The learner's ledger, in order.
        skill: The skill asked about.
        at: Now.
        most: Single facts to return; groups come on top.

    Raises:
        KeyError: if the graph has no such skill.
    """
    row = model.network.index[skill]
    relations = [_relation(model, fact, skill) for fact in evidence]
    near = [i for i, r in enumerate(relations) if r not in (None, "elsewhere")][-LATEST:]
    groups = [group for group in _GROUPS if group in relations]
    states = _around(model, evidence, near)
    state = model.fold(evidence)
    states.append(state)
    for group in groups:
        kept = (f for f, r in zip(evidence, relations, strict=True) if r != group)
        states.append(model.fold(kept))
    held = model.learnt_in(states)[row].tolist()
    singles, now, without = held[: 2 * len(near)], held[2 * len(near)], held[2 * len(near) + 1 :]
    facts = [
        _single(evidence[i], relations[i] or "direct", after - before)
        for i, before, after in zip(near, singles[::2], singles[1::2], strict=True)
    ]
    facts.sort(key=lambda reason: (-abs(reason.change), reason.evidence))
    own = state.skills.get(skill)
    recall = memory.recall(own.card if own else None, at, model.forgetting)
    return facts[:most] + [
        _group(group, (now - other) * recall, relations.count(group))
        for group, other in zip(groups, without, strict=True)
    ]


def _around(model: KnowledgeModel, evidence: Sequence[Evidence], near: list[int]) -> list[State]:
    """The state just before and just after each of the facts in ``near``."""
    states = []
    wanted = set(near)
    state = model.start()
    for i, fact in enumerate(evidence):
        after = model.update(state, fact)
        if i in wanted:
            states += [state, after]
        state = after
    return states


def _relation(model: KnowledgeModel, fact: Evidence, skill: str) -> Relation | None:
    touched = [slug for slug in fact.skills if slug in model.network.index]
    if not touched:
        return None
    if skill in touched:
        return "direct"
    if not model.graph.ancestors(skill).isdisjoint(touched):
        return "prerequisites"
    if not model.graph.descendants(skill).isdisjoint(touched):
        return "opened"
    return "elsewhere"


def _single(fact: Evidence, relation: Relation, change: float) -> Reason:
    return Reason(fact.id, relation, change, 1, _sentence(fact, change))


def _sentence(fact: Evidence, change: float) -> str:
    result = {"dont-know": "“I don't know yet”", "gave-up": "given up"}.get(fact.how)
    if result is None:
        result = "right" if fact.score >= 1.0 else "wrong" if fact.score <= 0.0 else "partly right"
    return f"{fact.kind.capitalize()} “{fact.slug}” ({result}) {_moved(change)}."


def _group(relation: Relation, change: float, pieces: int) -> Reason:
    facts = "1 fact" if pieces == 1 else f"{pieces} facts"
    text = f"{facts} on {_WORDS[relation]} together {_moved(change)}."
    return Reason("", relation, change, pieces, text)


def _moved(change: float) -> str:
    if abs(change) < 0.005:
        return "hardly moved it"
    return (
        f"{'raised' if change > 0 else 'lowered'} it by {100 * abs(change):.0f} percentage points"
    )
