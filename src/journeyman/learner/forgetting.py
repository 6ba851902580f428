"""One learner's own forgetting: FSRS's curve, stretched to that learner's reviews.

FSRS with its default parameters describes an average over flash cards. Two numbers adapt it to a
person: a factor on every stability (days), and one on the exponent of the forgetting curve. Both
are fitted by the likelihood of the person's own answers, guessing and slipping included, and pulled
towards 1 (a normal prior on their logarithms), so that few reviews change little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from journeyman.core.evidence import Evidence
from journeyman.learner.memory import AVERAGE, Card, Forgetting, kept, use_of
from journeyman.learner.network import Array
from journeyman.learner.response import responses_of

if TYPE_CHECKING:
    from journeyman.learner.knowledge import KnowledgeModel
    from journeyman.learner.state import State

ENOUGH = 20  # reviews before anything is fitted
STABILITY_SPREAD, DECAY_SPREAD = 0.5, 0.3  # standard deviations of the log factors over people
LEAST_DAYS = 0.5  # sooner than this nothing is forgotten that could be seen
WIDEST = 3.0  # log factors beyond this are not believed
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Review:
    """One answer on a skill that had been shown before.

    Attributes:
        days: Since the last use.
        stability: The card's stability then, in days, by FSRS's defaults.
        learnt: Probability that the skill had been learnt, forgetting apart.
        missing, held: P(right) without the skill and with it.
        score: In [0, 1].
    """

    days: float
    stability: float
    learnt: float
    missing: float
    held: float
    score: float


def reviews_of(model: KnowledgeModel, evidence: Sequence[Evidence]) -> list[Review]:
    """The reviews in one learner's ledger.

    Args:
        model: Reads how likely each skill was learnt before each answer, with average forgetting.
        evidence: The learner's ledger, in order.
    """
    state = model.start()
    found: list[tuple[Evidence, str, Card, State]] = []
    for fact in evidence:
        weights = {slug: w for slug, w in fact.skills.items() if slug in model.network.index}
        home = max(weights, key=weights.__getitem__) if weights else ""
        card = state.skills[home].cards.get(use_of(fact.kind)) if home in state.skills else None
        if card and _days(fact, card) >= LEAST_DAYS:
            found.append((fact, home, card, state))
        state = model.update(state, fact)
    reviews: list[Review] = []
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        learnt = model.learnt_in([before for *_, before in some])
        for i, (fact, home, card, _) in enumerate(some):
            response = responses_of(fact)[0]
            p = float(learnt[model.network.index[home], i])
            shown = (_days(fact, card), card.stability, p)
            reviews.append(Review(*shown, response.missing, response.held, fact.score))
    return reviews


def _days(fact: Evidence, card: Card) -> float:
    return (fact.at - card.last).total_seconds() / 86_400.0


def fit_forgetting(reviews: Sequence[Review]) -> Forgetting:
    """The learner's own factors, or the average where there are fewer than :data:`ENOUGH` reviews.

    The same reviews give the same factors, whatever their order up to rounding.

    >>> fit_forgetting([]) == AVERAGE
    True
    """
    if len(reviews) < ENOUGH:
        return AVERAGE
    columns = np.array(
        [(r.days, r.stability, r.learnt, r.missing, r.held, r.score) for r in reviews]
    ).T

    def penalised(logs: Array) -> float:
        spread = np.array([STABILITY_SPREAD, DECAY_SPREAD])
        return _loss(_from_logs(logs), columns) + 0.5 * float(((logs / spread) ** 2).sum())

    fitted = minimize(penalised, np.zeros(2), method="Nelder-Mead")
    return _from_logs(np.asarray(fitted.x, dtype=np.float64))


def _from_logs(logs: Array) -> Forgetting:
    stability, decay = np.clip(logs, -WIDEST, WIDEST).tolist()
    return Forgetting(math.exp(stability), math.exp(decay))


def log_loss(forgetting: Forgetting, reviews: Sequence[Review]) -> float:
    """Mean log loss of the predicted answers."""
    columns = np.array(
        [(r.days, r.stability, r.learnt, r.missing, r.held, r.score) for r in reviews]
    ).T
    return _loss(forgetting, columns) / len(reviews)


def _loss(forgetting: Forgetting, columns: Array) -> float:
    days, stability, learnt, missing, held, score = columns
    right = missing + (held - missing) * learnt * kept(days, stability, forgetting)
    return -float((score * np.log(right) + (1.0 - score) * np.log(1.0 - right)).sum())
