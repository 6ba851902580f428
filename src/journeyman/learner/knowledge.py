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

from journeyman.core.evidence import Evidence
from journeyman.core.mastery import Mastery
from journeyman.core.skill import SkillGraph
from journeyman.learner import memory
from journeyman.learner.network import Array, Beliefs, PrerequisiteNetwork
from journeyman.learner.priors import NOISES, Hypothesis, Priors, shifts
from journeyman.learner.reasons import Reason, reasons
from journeyman.learner.response import (
    Response,
    admitted,
    available,
    log_likelihood,
    log_ratios,
    responses_of,
)
from journeyman.learner.state import SkillState, State, Sums
from journeyman.learner.strength import learning
from journeyman.learner.uncertainty import Support, interval, level

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
        profile: What the learner says of themselves: area's slug to "none", "some", "studied" or
            "worked with" (:func:`journeyman.learner.priors.shifts`). It moves what is read from a
            state and never the state itself, so it may change at any time.
        years: Years of work in the field, with the profile.
        forgetting: The learner's own, from :func:`journeyman.learner.forgetting.fit_forgetting`;
            like the profile it moves what is read and never the state.

    >>> from datetime import UTC, datetime
    >>> from journeyman.core.skill import Skill
    >>> skills = [Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "x", ("a",))]
    >>> graph = SkillGraph.of(skills)
    >>> model = KnowledgeModel(graph)
    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> model.mastery(model.start(), now)["a"].level
    'unknown'
    """

    def __init__(
        self,
        graph: SkillGraph,
        priors: Priors | None = None,
        *,
        profile: Mapping[str, str] | None = None,
        years: float = 0.0,
        forgetting: memory.Forgetting = memory.AVERAGE,
    ) -> None:
        self.graph = graph
        self.forgetting = forgetting
        plain = PrerequisiteNetwork(graph, priors)
        self.shift = shifts(graph, profile or {}, years)
        self.network = PrerequisiteNetwork(graph, priors, self.shift) if self.shift else plain
        self.support = Support(graph)
        self._prior_logit = {
            slug: math.log(p / (1.0 - p))
            for slug, p in zip(plain.slugs, plain.prior.tolist(), strict=True)
        }
        self._last: tuple[State, Beliefs] | None = None

    @cached_property
    def quick(self) -> PrerequisiteNetwork:
        """A coarser network over the same graph, for comparing many guesses at once."""
        priors = self.network.priors
        total = sum(one.chance for one in priors.hypotheses)
        leak = sum(one.leak * one.chance for one in priors.hypotheses) / total
        exempt = sum(one.exempt * one.chance for one in priors.hypotheses) / total
        mean = (Hypothesis(1.0, leak, exempt),)
        coarse = replace(priors, hypotheses=mean, grid=QUICK_GRID, sweeps=QUICK_SWEEPS)
        return PrerequisiteNetwork(self.graph, coarse, self.shift)

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
            found[slug] = self._mastery(slug, float(learnt[i]), float(support[i]), own, at)
        return found

    def learnt(self, state: State) -> Array:
        """P(held when last shown) of every skill, shape (n,), in the graph's order."""
        return self._beliefs(state).held[:, 0]

    def noises(self, state: State) -> Array:
        """How likely each way of answering (:data:`NOISES`) is by now, shape (r,)."""
        return np.asarray(self._beliefs(state).noises[0])

    def learnt_in(self, states: Sequence[State]) -> Array:
        """As :meth:`learnt` for several states at once, shape (n, b)."""
        return self._infer(states).held

    def _beliefs(self, state: State) -> Beliefs:
        last = self._last  # read once: threads share the model
        if last is None or last[0] is not state:
            last = self._last = (state, self._infer([state]))
        return last[1]

    def _infer(self, states: Sequence[State]) -> Beliefs:
        columns = np.stack([self.columns(state) for state in states], axis=1)
        base = [
            [sum(s.sums[r].base for s in state.skills.values()) for r in range(len(NOISES))]
            for state in states
        ]
        return self.network.infer(columns, np.array(base))

    def due(self, state: State, retention: float = 0.9) -> dict[str, datetime]:
        """When recall of each skill that was shown falls to ``retention`` in one of its uses."""
        return {
            slug: min(memory.due(card, retention, self.forgetting) for card in skill.cards.values())
            for slug, skill in state.skills.items()
            if skill.cards and slug in self.network.index
        }

    def columns(self, state: State) -> Array:
        """The direct evidence under each way of answering, shape (n, r), in the graph's order."""
        found = np.zeros((len(self.network.slugs), len(NOISES)))
        for slug, own in state.skills.items():
            if slug in self.network.index:
                found[self.network.index[slug]] = [one.evidence for one in own.sums]
        return found

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
            own = state.skills.get(slug)
            held = self._mastery(slug, float(learnt[i]), float(support[i]), own, at)
            chance *= 1.0 - weight * (1.0 - held.mean)
            low *= 1.0 - weight * (1.0 - held.low)
            high *= 1.0 - weight * (1.0 - held.high)
        return Prediction(response.right(chance), response.right(low), response.right(high))

    def _mastery(
        self, slug: str, learnt: float, support: float, own: SkillState | None, at: datetime
    ) -> Mastery:
        recall = memory.recalled(own.cards, at, self.forgetting) if own else 1.0
        mean = learnt * recall
        low, high, sd = interval(mean, support)
        pieces = own.pieces if own else 0
        return Mastery(
            slug, mean, sd, low, high, recall, pieces, level(mean, learnt, low, high, pieces)
        )

    def why(
        self, evidence: Sequence[Evidence], skill: str, at: datetime, most: int = 5
    ) -> list[Reason]:
        """What moved the number of ``skill`` most: :func:`journeyman.learner.reasons.reasons`."""
        return reasons(self, evidence, skill, at, most)

    def _add(self, skills: dict[str, SkillState], fact: Evidence) -> None:
        weights = {slug: w for slug, w in fact.skills.items() if slug in self._prior_logit}
        if not weights:
            return
        old = {slug: skills.get(slug, SkillState()) for slug in weights}
        strength = min(max(fact.strength, 0.0), MOST_STRENGTH)
        chance = learning(fact.source)
        sums: dict[str, list[Sums]] = {slug: [] for slug in weights}
        blamed, says = "", admitted(fact)
        for noise, response in enumerate(responses_of(fact)):
            before = {
                slug: _forget(one.sums[noise], memory.recalled(one.cards, fact.at))
                for slug, one in old.items()
            }
            belief = {
                slug: _sigmoid(self._prior_logit[slug] + before[slug].evidence) for slug in weights
            }
            ratios = log_ratios(response, fact.score, weights, belief)
            blamed = blamed or min(ratios, key=ratios.__getitem__)
            rest = says[noise] + log_likelihood(response, fact.score, available(weights, belief))
            rest -= sum(math.log1p(belief[slug] * math.expm1(ratios[slug])) for slug in weights)
            for slug, weight in weights.items():
                after = Sums(
                    before[slug].evidence + strength * ratios[slug],
                    before[slug].base + strength * rest / len(weights),
                )
                sums[slug].append(_learn(after, chance * weight))
        heaviest = max(weights.values())
        for slug, weight in weights.items():
            main = weight >= CARD_WEIGHT * heaviest
            skills[slug] = SkillState(
                sums=tuple(sums[slug]),
                pieces=old[slug].pieces + 1,
                strength=old[slug].strength + strength * weight,
                cards=_remember(old[slug].cards, fact, main=main, blamed=slug == blamed),
            )


def _forget(sums: Sums, kept: float) -> Sums:
    """Carried to now: held then and recalled (with probability ``kept``), or forgotten since."""
    if kept >= 1.0:
        return sums
    odds = math.exp(sums.evidence)
    lost = 1.0 + odds * (1.0 - kept)
    return Sums(math.log(odds * kept / lost), sums.base + math.log(lost))


def _learn(sums: Sums, chance: float) -> Sums:
    """After a chance of learning, what went wrong before weighs less; and within the bounds."""
    evidence = math.log((math.exp(sums.evidence) + chance) / (1.0 - chance))
    # What is cut off above stays in the likelihood of holding the skill.
    base = sums.base + max(evidence - MOST_EVIDENCE, 0.0)
    return Sums(min(max(evidence, -MOST_EVIDENCE), MOST_EVIDENCE), base)


def _remember(cards: memory.Cards, fact: Evidence, *, main: bool, blamed: bool) -> memory.Cards:
    """The cards after a fact: a memory begins when the skill is first shown.

    A right answer is a review of each main skill; a wrong one a lapse of the one most in doubt.
    """
    known = fact.source == "placement"
    use = memory.use_of(fact.kind)
    grade = memory.rating(fact.score, fact.hints, first=not cards, known=known)
    failed = grade == memory.AGAIN
    if not main or (failed and (not cards or not blamed)):
        return cards
    return memory.used(cards, use, grade, fact.at)


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
