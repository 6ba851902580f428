"""Knowledge: what is held, with its uncertainty, as a fold over the evidence ledger.

The fold keeps, per skill, the log-likelihood ratio of its own facts (a two-state filter with
learning and forgetting) and a memory card. Reading it spreads those ratios over the prerequisite
graph and the learner's ability (:mod:`journeyman.learner.network`). So a fact costs microseconds,
and no number depends on the route by which the state was reached.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from journeyman.core.evidence import Evidence, Source
from journeyman.core.mastery import Mastery
from journeyman.core.skill import SkillGraph
from journeyman.learner import memory
from journeyman.learner.network import Array, PrerequisiteNetwork, Priors
from journeyman.learner.reasons import Reason, reasons
from journeyman.learner.response import Response, log_ratios, response_of
from journeyman.learner.state import SkillState, State
from journeyman.learner.uncertainty import Support, interval, level

# Chance of learning the skill from one fact of each source, by the feedback or the work itself.
LEARNING: Mapping[Source, float] = {
    "placement": 0.02,
    "practice": 0.12,
    "exercise": 0.2,
    "review": 0.12,
    "competition": 0.1,
    "project": 0.2,
}
LEARNING_ELSEWHERE = 0.1  # a source of a later version must not break the fold
MOST_EVIDENCE = 4.5  # logits: no amount of facts makes the model certain
MOST_STRENGTH = 4.0
QUICK_GRID, QUICK_SWEEPS = 5, 3  # with one mean leak: enough to rank items
CARD_WEIGHT = 0.5  # of the entry's heaviest skill: lighter ones are not a review of the skill


@dataclass(frozen=True, slots=True)
class Prediction:
    """Probability of a right answer, with a 90 % interval."""

    p: float
    low: float
    high: float


class KnowledgeModel:
    """What a learner holds.

    Args:
        graph: The prerequisite graph.
        priors: Assumptions about people before any answer.

    >>> from datetime import UTC, datetime
    >>> from journeyman.core.skill import Skill
    >>> skills = [Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "x", ("a",))]
    >>> graph = SkillGraph.of(skills)
    >>> model = KnowledgeModel(graph)
    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> model.mastery(model.start(), now)["a"].level
    'unknown'
    """

    def __init__(self, graph: SkillGraph, priors: Priors | None = None) -> None:
        self.graph = graph
        self.network = PrerequisiteNetwork(graph, priors)
        self.support = Support(graph)
        self._prior_logit = {
            slug: math.log(p / (1.0 - p))
            for slug, p in zip(self.network.slugs, self.network.prior.tolist(), strict=True)
        }
        self._last: tuple[State, Array] | None = None

    @cached_property
    def quick(self) -> PrerequisiteNetwork:
        """A coarser network over the same graph, for comparing many guesses at once."""
        priors = self.network.priors
        leak = sum(leak * chance for leak, chance in priors.leaks)
        coarse = replace(priors, leaks=((leak, 1.0),), grid=QUICK_GRID, sweeps=QUICK_SWEEPS)
        return PrerequisiteNetwork(self.graph, coarse)

    def start(self) -> State:
        """The state before any evidence."""
        return State()

    def update(self, state: State, evidence: Evidence) -> State:
        """The state after one more fact; skills that the graph does not have are ignored."""
        skills = dict(state.skills)
        self._add(skills, evidence)
        return State(skills)

    def fold(self, evidence: Iterable[Evidence]) -> State:
        """The state after all facts, in the order given (the caller sorts by ``(at, id)``)."""
        skills: dict[str, SkillState] = {}
        for fact in evidence:
            self._add(skills, fact)
        return State(skills)

    def mastery(self, state: State, at: datetime) -> dict[str, Mastery]:
        """Every skill of the graph at ``at``, in the graph's order."""
        learnt = self.learnt(state)
        support = self.support.of(state)
        found = {}
        for i, slug in enumerate(self.network.slugs):
            own = state.skills.get(slug)
            found[slug] = _mastery(slug, float(learnt[i]), float(support[i]), own, at)
        return found

    def learnt(self, state: State) -> Array:
        """P(held when last shown) of every skill, shape (n,), in the graph's order."""
        if self._last is None or self._last[0] is not state:
            self._last = (state, self.network.infer(self.column(state)[:, None]).held[:, 0])
        return self._last[1]

    def due(self, state: State, retention: float = 0.9) -> dict[str, datetime]:
        """When recall of each skill that was shown once falls to ``retention``."""
        return {
            slug: memory.due(skill.card, retention)
            for slug, skill in state.skills.items()
            if skill.card is not None and slug in self.network.index
        }

    def column(self, state: State) -> Array:
        """The direct evidence as a vector over the graph's order, shape (n,)."""
        return np.array(
            [state.skills[s].evidence if s in state.skills else 0.0 for s in self.network.slugs]
        )

    def predict(
        self,
        state: State,
        skills: Mapping[str, float],
        *,
        guess: float,
        slip: float,
        difficulty: float,
        at: datetime,
    ) -> Prediction:
        """Probability that the next answer on content touching ``skills`` is right."""
        response = Response.of(guess, slip, difficulty)
        learnt = self.learnt(state)
        support = self.support.of(state)
        chance = low = high = 1.0
        for slug, weight in skills.items():
            if slug not in self.network.index:
                continue
            i = self.network.index[slug]
            held = _mastery(slug, float(learnt[i]), float(support[i]), state.skills.get(slug), at)
            chance *= 1.0 - weight * (1.0 - held.mean)
            low *= 1.0 - weight * (1.0 - held.low)
            high *= 1.0 - weight * (1.0 - held.high)
        return Prediction(response.right(chance), response.right(low), response.right(high))

    def why(
        self, evidence: Sequence[Evidence], skill: str, at: datetime, most: int = 5
    ) -> list[Reason]:
        """What moved the number of ``skill`` most: :func:`journeyman.learner.reasons.reasons`."""
        return reasons(self, evidence, skill, at, most)

    def _add(self, skills: dict[str, SkillState], fact: Evidence) -> None:
        weights = {slug: w for slug, w in fact.skills.items() if slug in self._prior_logit}
        if not weights:
            return
        before = {slug: _forget(skills.get(slug, SkillState()), fact.at) for slug in weights}
        belief = {slug: _sigmoid(self._prior_logit[slug] + before[slug]) for slug in weights}
        ratios = log_ratios(response_of(fact), fact.score, weights, belief)
        strength = min(max(fact.strength, 0.0), MOST_STRENGTH)
        heaviest = max(weights.values())
        blamed = min(ratios, key=ratios.__getitem__)
        for slug, weight in weights.items():
            old = skills.get(slug, SkillState())
            after = before[slug] + strength * ratios[slug]
            after = _learn(after, LEARNING.get(fact.source, LEARNING_ELSEWHERE) * weight)
            skills[slug] = SkillState(
                evidence=min(max(after, -MOST_EVIDENCE), MOST_EVIDENCE),
                pieces=old.pieces + 1,
                strength=old.strength + strength * weight,
                card=_remember(
                    old.card, fact, main=weight >= CARD_WEIGHT * heaviest, blamed=slug == blamed
                ),
            )


def _mastery(
    slug: str, learnt: float, support: float, own: SkillState | None, at: datetime
) -> Mastery:
    recall = memory.recall(own.card, at) if own else 1.0
    mean = learnt * recall
    low, high, sd = interval(mean, support)
    pieces = own.pieces if own else 0
    return Mastery(
        slug, mean, sd, low, high, recall, pieces, level(mean, learnt, low, high, pieces)
    )


def _forget(skill: SkillState, at: datetime) -> float:
    """The evidence carried to ``at``: held then and recalled now, or forgotten since."""
    kept = memory.recall(skill.card, at)
    if kept >= 1.0:
        return skill.evidence
    odds = math.exp(skill.evidence)
    return math.log(odds * kept / (1.0 + odds * (1.0 - kept)))


def _learn(evidence: float, chance: float) -> float:
    """The evidence after a chance of learning: what went wrong before it weighs less."""
    return math.log((math.exp(evidence) + chance) / (1.0 - chance))


def _remember(
    card: memory.Card | None, fact: Evidence, *, main: bool, blamed: bool
) -> memory.Card | None:
    """The card after a fact: a memory begins when the skill is first shown.

    A right answer is a review of each main skill; a wrong one a lapse of the one most in doubt.
    """
    known = fact.source == "placement"
    grade = memory.rating(fact.score, fact.hints, first=card is None, known=known)
    failed = grade == memory.AGAIN
    if not main or (failed and (card is None or not blamed)):
        return card
    return memory.review(card, grade, fact.at)


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
