"""Why a skill's number is what it is: the facts that moved it most, and what each group adds.

Every change is by leaving out: the number now less what it would be had the fact never been. Only
the facts on the same skills have to be folded again for that (:class:`Replay`), so a ledger of
hundreds of facts answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeyman.core.evidence import Evidence
from journeyman.learner import memory
from journeyman.learner.state import SkillState, State

if TYPE_CHECKING:
    from journeyman.learner.knowledge import KnowledgeModel

Relation = Literal["direct", "prerequisites", "opened", "elsewhere"]

TRIED = 9  # single facts left out in turn on the coarse network: those that look largest
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
        change: The skill's mean now less what it would be without the fact or the group, at the
            same recall. Positive if it raised the number.
        pieces: How many facts this is.
        text: One plain sentence.
        source, slug: Of the fact; "" for a group.
        at: When the fact was, in UTC; None for a group.
    """

    evidence: str
    relation: Relation
    change: float
    pieces: int
    text: str
    source: str = ""
    slug: str = ""
    at: datetime | None = None


class Replay:
    """One learner's ledger, ready to be folded again without some of its facts.

    Args:
        model: The knowledge model.
        evidence: The ledger, in order.
    """

    def __init__(self, model: KnowledgeModel, evidence: Sequence[Evidence]) -> None:
        self.model = model
        self.evidence = evidence
        self.touched = [[s for s in f.skills if s in model.network.index] for f in evidence]
        state, self.before = model.start(), list[State]()
        for fact in evidence:
            self.before.append(state)
            state = model.update(state, fact)
        self.state = state

    def moved(self, share: Mapping[str, float]) -> list[float]:
        """How far each fact moved its skills' evidence when it came, weighed by ``share``."""
        after = [*self.before[1:], self.state]
        return [
            sum(share[s] * abs(_evidence(new, s) - _evidence(old, s)) for s in touched)
            for old, new, touched in zip(self.before, after, self.touched, strict=False)
        ]

    def without(self, left_out: AbstractSet[int]) -> State:
        """The state had the facts at these positions never been: equal to folding the others."""
        now: dict[str, SkillState] = {}  # only the skills that stand otherwise than they did
        for i in range(min(left_out, default=len(self.evidence)), len(self.evidence)):
            old = self.before[i].skills
            if i in left_out:
                now |= {s: now.get(s) or old.get(s, SkillState()) for s in self.touched[i]}
            elif not now.keys().isdisjoint(self.touched[i]):
                known = {s: now.get(s) or old.get(s, SkillState()) for s in self.touched[i]}
                now |= self.model.update(State(known), self.evidence[i]).skills
        skills = {**self.state.skills, **now}
        return State({slug: one for slug, one in skills.items() if one.pieces})


def reasons(
    model: KnowledgeModel, evidence: Sequence[Evidence], skill: str, at: datetime, most: int = 5
) -> list[Reason]:
    """The ``most`` single facts that move ``skill`` most, then what each group of facts adds.

    Facts that agree stand in for each other, so a group's change is not the sum of its facts'.
    Single facts are ranked on a coarser network among the ones whose own skills they moved most,
    near ones first; the changes returned are those of the full one.

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
    replay = Replay(model, evidence)
    relations = [_relation(model, touched, skill) for touched in replay.touched]
    chosen = _largest(replay, skill, relations, most)
    groups = [group for group in _GROUPS if group in relations]
    members = [{i for i, r in enumerate(relations) if r == group} for group in groups]
    left_out = [*({i} for i in chosen), *members]
    held = model.learnt_in([replay.state, *map(replay.without, left_out)])[row]
    own = replay.state.skills.get(skill)
    recall = memory.recalled(own.cards if own else {}, at, model.forgetting)
    changes = ((held[0] - held[1:]) * recall).tolist()
    facts = [
        _single(evidence[i], relations[i] or "elsewhere", change)
        for i, change in zip(chosen, changes, strict=False)
    ]
    facts.sort(key=lambda reason: (-abs(reason.change), reason.evidence))
    return facts + [
        _group(group, change, len(found))
        for group, found, change in zip(groups, members, changes[len(chosen) :], strict=True)
    ]


def _largest(
    replay: Replay, skill: str, relations: Sequence[Relation | None], most: int
) -> list[int]:
    """Positions of the single facts whose absence would move ``skill`` most."""
    model = replay.model
    row = model.network.index[skill]
    share = dict(zip(model.network.slugs, model.support.shares(skill).tolist(), strict=True))
    moved = replay.moved(share)
    known = (i for i, relation in enumerate(relations) if relation)
    tried = sorted(known, key=lambda i: (-moved[i], -i))[:TRIED]
    if not tried or most < 1:
        return []
    states = [replay.state, *(replay.without({i}) for i in tried)]
    columns = np.stack([model.columns(state)[:, 0] for state in states], axis=1)
    held = model.quick.infer(columns).held[row]
    change = np.abs(held[1:] - held[0])
    return [tried[j] for j in np.argsort(-change, kind="stable")[:most]]


def _evidence(state: State, slug: str) -> float:
    own = state.skills.get(slug)
    return own.evidence if own else 0.0


def _relation(model: KnowledgeModel, touched: Iterable[str], skill: str) -> Relation | None:
    found = set(touched)
    if not found:
        return None
    if skill in found:
        return "direct"
    if not model.graph.ancestors(skill).isdisjoint(found):
        return "prerequisites"
    if not model.graph.descendants(skill).isdisjoint(found):
        return "opened"
    return "elsewhere"


def _single(fact: Evidence, relation: Relation, change: float) -> Reason:
    text = _sentence(fact, change)
    return Reason(fact.id, relation, change, 1, text, fact.source, fact.slug, fact.at)


def _sentence(fact: Evidence, change: float) -> str:
    result = {"dont-know": "“I don't know yet”", "gave-up": "given up"}.get(fact.how)
    if result is None and fact.how in ("scored", "re-run", "reviewed"):
        result = f"{100 * fact.score:.0f} of 100"
    if result is None:
        result = "right" if fact.score >= 1.0 else "wrong" if fact.score <= 0.0 else "partly right"
    odd = abs(change) >= 0.005 and (change > 0) != (fact.score >= 0.5)
    how = ", by changing how the other answers are read" if odd else ""
    stage = f", stage “{fact.detail['stage_title']}”" if fact.detail.get("stage_title") else ""
    return f"{fact.kind.capitalize()} “{fact.slug}”{stage} ({result}) {_moved(change)}{how}."


def _group(relation: Relation, change: float, pieces: int) -> Reason:
    facts = "1 fact" if pieces == 1 else f"{pieces} facts"
    text = f"{facts} on {_WORDS[relation]} together {_moved(change)}."
    return Reason("", relation, change, pieces, text)


def _moved(change: float) -> str:
    size = round(100 * abs(change))
    if not size:
        return "hardly moved it"
    word = "raised" if change > 0 else "lowered"
    return f"{word} it by {size} percentage point{'' if size == 1 else 's'}"
