"""A learner's own forgetting: found when it is there, left alone when there is little to go by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner.forgetting import (
    ENOUGH,
    Review,
    fit_forgetting,
    log_loss,
    reviews_of,
)
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.memory import AVERAGE, Card, Forgetting, due, kept, recall

START = datetime(2026, 1, 1, tzinfo=UTC)


def reviews(truth: Forgetting, count: int, seed: int) -> list[Review]:
    rng = np.random.default_rng(seed)
    days, stability = rng.lognormal(2.0, 1.0, count), rng.lognormal(2.0, 0.8, count)
    chance = 0.2 + 0.7 * kept(days, stability, truth)
    right = rng.random(count) < chance
    return [
        Review(float(d), float(s), 1.0, 0.2, 0.9, float(r))
        for d, s, r in zip(days, stability, right, strict=True)
    ]


@pytest.mark.parametrize("factor", [0.2, 1.0, 4.0])
def test_the_curve_is_found(factor: float) -> None:
    truth, at = Forgetting(factor), (np.array([2.0, 10.0, 40.0]), np.array([8.0]))
    fits = [fit_forgetting(reviews(truth, 1000, seed)) for seed in range(4)]
    found = np.mean([kept(*at, fitted) for fitted in fits], axis=0)
    np.testing.assert_allclose(found, kept(*at, truth), atol=0.08)


def test_it_predicts_better_than_the_average_on_later_reviews() -> None:
    """Of people who forget much faster or slower; for the others see benchmarks/memory.py."""
    gains = []
    for seed in range(12):
        truth = Forgetting(stability=[0.1, 6.0][seed % 2])
        fitted = fit_forgetting(reviews(truth, 100, seed))
        later = reviews(truth, 400, seed + 100)
        gains.append(log_loss(AVERAGE, later) - log_loss(fitted, later))
    assert np.mean(gains) > 0.005
    assert min(gains) > -0.02


def test_few_reviews_change_nothing_and_some_change_little() -> None:
    forgetful = reviews(Forgetting(0.1), ENOUGH, 0)
    assert fit_forgetting(forgetful[:-1]) == AVERAGE
    assert 0.1 < fit_forgetting(forgetful).stability < 1.0


def test_the_same_reviews_give_the_same_fit() -> None:
    some = reviews(Forgetting(0.5), 60, 3)
    assert fit_forgetting(some) == fit_forgetting(some)
    turned = fit_forgetting(some[::-1])
    assert turned.stability == pytest.approx(fit_forgetting(some).stability, rel=1e-3)


def test_due_and_recall_agree_under_any_forgetting() -> None:
    card, own = Card(8.0, 5.0, START), Forgetting(0.5, 1.7)
    assert recall(card, due(card, 0.8, own), own) == pytest.approx(0.8)
    assert recall(card, START + timedelta(days=20), own) < recall(card, START + timedelta(days=20))
    days = np.array([20.0])
    assert kept(days, np.array([8.0]), own)[0] == pytest.approx(
        recall(card, START + timedelta(days=20), own)
    )


def test_reviews_are_read_from_the_ledger(
    model: KnowledgeModel, fact: Callable[..., Evidence]
) -> None:
    facts = [fact("pca", 1.0), fact("pca", 1.0), fact("pca", 0.0, days=9), fact("k-means", 1.0)]
    (only,) = reviews_of(model, facts)
    assert only.days == pytest.approx(9, abs=0.01)
    assert (only.score, only.held, only.missing) == (0.0, 0.92, pytest.approx(0.2))
    assert 0.5 < only.learnt < 1.0
    assert reviews_of(model, []) == []


def test_own_forgetting_moves_what_is_read_and_not_the_state(
    graph: SkillGraph, model: KnowledgeModel, fact: Callable[..., Evidence]
) -> None:
    own = KnowledgeModel(graph, forgetting=Forgetting(0.3))
    facts = [fact("pca", 1.0, days=d) for d in (0, 4, 12)]
    assert own.fold(facts) == model.fold(facts)
    state, at = model.fold(facts), START + timedelta(days=60)
    assert own.mastery(state, at)["pca"].recall < model.mastery(state, at)["pca"].recall
    assert own.due(state)["pca"] < model.due(state)["pca"]
