"""Item parameters from an installation's own answers, pulled towards what the content declares.

For every answer the model says how likely the skills were there beforehand. Guess and slip are the
posterior mode of the two shares "right although missing" and "wrong although there", found by
expectation-maximisation (Dempster, Laird and Rubin 1977) with Beta priors around the declared
values. A harder item has a larger slip and a smaller guess, so its difficulty moves with them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journeyman.core.evidence import Evidence
from journeyman.core.item import Item
from journeyman.learner.response import (
    DIFFICULTY_EFFECT,
    Response,
    available,
    clip_guess,
    clip_slip,
    shifted,
)

if TYPE_CHECKING:
    from journeyman.learner.knowledge import KnowledgeModel
    from journeyman.learner.state import State

DECLARED_ANSWERS = 30.0  # the declared guess and slip count as this many answers between them
ROUNDS, CLOSE = 50, 1e-6
AT_ONCE = 32  # states read together


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One answer, and how likely what it needs was there just before it."""

    item: str
    available: float
    score: float


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """What an item is like.

    Attributes:
        guess, slip: As :class:`journeyman.core.item.Item` has them, fitted.
        difficulty: As declared, plus what the fitted guess and slip have in common.
        answers: How many answers stand behind it.
    """

    guess: float
    slip: float
    difficulty: float
    answers: int


def answers_of(model: KnowledgeModel, evidence: Sequence[Evidence]) -> list[ItemAnswer]:
    """The answers to items in one learner's ledger.

    "I don't know yet" says nothing about guessing or slipping and is left out.

    Args:
        model: Reads how likely the skills are before each answer, the graph included.
        evidence: The learner's ledger, in order.
    """
    state = model.start()
    asked: list[tuple[Evidence, State]] = []
    for fact in evidence:
        known = any(slug in model.network.index for slug in fact.skills)
        if fact.kind == "item" and fact.how == "answered" and known:
            asked.append((fact, state))
        state = model.update(state, fact)
    found: list[ItemAnswer] = []
    for first in range(0, len(asked), AT_ONCE):
        some = asked[first : first + AT_ONCE]
        learnt = model.learnt_in([before for _, before in some])
        for i, (fact, before) in enumerate(some):
            belief = dict(zip(model.network.slugs, learnt[:, i].tolist(), strict=True))
            weights = {slug: w for slug, w in fact.skills.items() if slug in belief}
            recalled = {slug: belief[slug] * before.recall(slug, fact.at) for slug in weights}
            found.append(ItemAnswer(fact.slug, available(weights, recalled), fact.score))
    return found


def fit_items(
    answers: Iterable[ItemAnswer], items: Mapping[str, Item], *, declared: float = DECLARED_ANSWERS
) -> dict[str, ItemParameters]:
    """Guess, slip and difficulty of every item that was answered.

    The order of the answers does not matter. Five answers move little, hundreds decide: see the
    tests. The answers' ``available`` come from the same model, so an item that misleads it about
    everybody misleads this fit too; shrinkage is what keeps that in bounds.

    Args:
        answers: Of all learners of the installation, pooled.
        items: What the content declares; answers to other items are passed over.
        declared: How many answers the declared values count as.

    >>> item = Item("i", "1", 1, "I", "choice", {"a": 1.0}, guess=0.2, slip=0.1)
    >>> fitted = fit_items([ItemAnswer("i", 0.05, 1.0)] * 100, {"i": item})["i"]
    >>> fitted.guess > 0.3
    True
    """
    by_item: dict[str, list[ItemAnswer]] = {}
    for answer in answers:
        if answer.item in items:
            by_item.setdefault(answer.item, []).append(answer)
    return {
        slug: _fit(sorted(found, key=_order), items[slug], declared)
        for slug, found in by_item.items()
    }


def _order(answer: ItemAnswer) -> tuple[float, float]:
    return answer.available, answer.score


def _fit(answers: Sequence[ItemAnswer], item: Item, declared: float) -> ItemParameters:
    start = Response.of(item.guess, item.slip, item.difficulty)
    guess, slip = start.missing, 1.0 - start.held
    prior = declared / 2.0
    for _ in range(ROUNDS):
        there = wrong = lacking = right = 0.0
        for answer in answers:
            with_it = answer.available * (answer.score * (1 - slip) + (1 - answer.score) * slip)
            without = (1 - answer.available) * (
                answer.score * guess + (1 - answer.score) * (1 - guess)
            )
            held = with_it / (with_it + without)
            there += held
            wrong += held * (1.0 - answer.score)
            lacking += 1.0 - held
            right += (1.0 - held) * answer.score
        now = (
            clip_guess((prior * start.missing + right) / (prior + lacking)),
            clip_slip((prior * (1.0 - start.held) + wrong) / (prior + there)),
        )
        moved = max(abs(now[0] - guess), abs(now[1] - slip))
        guess, slip = now
        if moved < CLOSE:
            break
    harder = 0.5 * (_logit(slip) - _logit(1 - start.held) - _logit(guess) + _logit(start.missing))
    difficulty = item.difficulty + harder / DIFFICULTY_EFFECT
    effect = DIFFICULTY_EFFECT * difficulty
    return ItemParameters(shifted(guess, effect), shifted(slip, -effect), difficulty, len(answers))


def with_parameters(item: Item, fitted: Mapping[str, ItemParameters]) -> Item:
    """The item with the parameters fitted for it, if there are any.

    A fact keeps the guess, slip and difficulty with which it was asked, so asking with these leaves
    every fold of the ledger as it is.
    """
    found = fitted.get(item.slug)
    if found is None:
        return item
    return replace(item, guess=found.guess, slip=found.slip, difficulty=found.difficulty)


def _logit(p: float) -> float:
    return math.log(p / (1.0 - p))
